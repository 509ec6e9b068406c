import acts from './acts'
import adapters from './adapters'
import board from './board'
import caseMessages from './case'
import cases from './cases'
import common from './common'
import factor from './factor'
import fields from './fields'
import findings from './findings'
import items from './items'
import matters from './matters'
import people from './people'
import print from './print'
import ratings from './ratings'
import registers from './registers'
import reviews from './reviews'
import settings from './settings'
import shell from './shell'
import signIn from './signIn'
import terms from './terms'
import visits from './visits'
import volunteers from './volunteers'
import witness from './witness'

export default {
  common,
  shell,
  acts,
  board,
  cases,
  case: caseMessages,
  findings,
  registers,
  reviews,
  adapters,
  items,
  settings,
  factor,
  fields,
  signIn,
  people,
  print,
  matters,
  ratings,
  visits,
  volunteers,
  witness,
  term: terms,
}
