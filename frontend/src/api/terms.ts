import { client, done, got } from './client'
import type { Appointment, NewAppraisal, NewNoteRating, NewTraining, TermCorrection, TermEnd, VolunteerRow, WithdrawTrainingRequest } from './schema'

export type TermState = VolunteerRow['state']
export type Group = Appointment['group']
export type Why = TermEnd['why']
export type Grade = NewAppraisal['grade']

const of = (id: number) => ({ params: { path: { id } } })

/** Who serves as a volunteer supervisor. */
export const terms = {
  roll: () => got(client.GET('/api/volunteers')),
  file: (id: number, months: { from?: string; to?: string } = {}) => got(client.GET('/api/volunteers/{id}', { params: { path: { id }, query: months } })),
  appoint: (id: number, body: Appointment) => done(client.POST('/api/volunteers/{id}/terms', { ...of(id), body })),
  correct: (term: number, body: TermCorrection) => done(client.POST('/api/terms/{id}/corrections', { ...of(term), body })),
  end: (term: number, body: TermEnd) => done(client.POST('/api/terms/{id}/end', { ...of(term), body })),
  appraise: (id: number, body: NewAppraisal) => done(client.POST('/api/volunteers/{id}/appraisals', { ...of(id), body })),
  trainings: () => got(client.GET('/api/trainings')),
  train: (body: NewTraining) => done(client.POST('/api/trainings', { body })),
  withdraw: (training: number, body: WithdrawTrainingRequest) => done(client.POST('/api/trainings/{id}/withdrawal', { ...of(training), body })),

  mine: () => got(client.GET('/api/my/term')),
  rating: (matter: number) => got(client.GET('/api/matters/{id}/rating', of(matter))),
  rate: (matter: number, body: NewNoteRating) => got(client.POST('/api/matters/{id}/rating', { ...of(matter), body })),
}
