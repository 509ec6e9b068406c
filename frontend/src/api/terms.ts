import { call, request } from './http'
import { submission } from './matters'
import type { MyTerm, NoteRating, RatedNote, Training, VolunteerFile, VolunteerRoll, VolunteerRow } from './schema'

export type TermState = VolunteerRow['state']
export type Group = NonNullable<VolunteerRow['term']>['group']
export type Why = Exclude<NonNullable<VolunteerRow['term']>['why'], ''>
export type Grade = NonNullable<VolunteerRow['appraisal']>['grade']

/** What an appointment says. */
export interface Particulars {
  certificate: string
  group: Group
  work: string
  barred: string[]
  first: string
  last: string
}

/** A form's number: what is sent again after no answer was heard counts once. */
export type Form<T> = T & { key: string }
export { submission }

/** A call that answers nothing. */
const tell = async (path: string, body: unknown): Promise<void> => {
  await request(path, { method: 'POST', body: JSON.stringify(body) })
}

/** Who serves as a volunteer supervisor. */
export const terms = {
  roll: () => call<VolunteerRoll>('/volunteers'),
  file: (id: number, months: { from?: string; to?: string } = {}) => call<VolunteerFile>(`/volunteers/${id}`, { query: months }),
  appoint: (id: number, form: Form<Particulars>) => tell(`/volunteers/${id}/terms`, form),
  correct: (term: number, form: Form<Particulars & { keep_end: boolean; reason: string }>) => tell(`/terms/${term}/corrections`, form),
  end: (term: number, form: Form<{ until: string; why: Why; reason: string }>) => tell(`/terms/${term}/end`, form),
  appraise: (id: number, form: Form<{ year: number; grade: Grade; words: string }>) => tell(`/volunteers/${id}/appraisals`, form),
  trainings: () => call<Training[]>('/trainings'),
  train: (form: Form<{ date: string; topic: string; hours: number; accounts: number[] }>) => tell('/trainings', form),
  withdraw: (training: number, form: Form<{ reason: string }>) => tell(`/trainings/${training}/withdrawal`, form),

  mine: () => call<MyTerm>('/my/term'),
  rating: (matter: number) => call<RatedNote>(`/matters/${matter}/rating`),
  rate: (matter: number, form: Form<NoteRating>) => call<RatedNote>(`/matters/${matter}/rating`, { method: 'POST', body: JSON.stringify(form) }),
}
