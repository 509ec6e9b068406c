// Which rules of the violation catalogue (domain, section 7) a case breaks, and when.

import { limits } from "./rules/limits.mjs";
import { acceptance } from "./rules/acceptance.mjs";
import { negative } from "./rules/negative.mjs";
import { pauses } from "./rules/pauses.mjs";
import { extensions } from "./rules/extensions.mjs";
import { hall } from "./rules/hall.mjs";
import { entries } from "./rules/entries.mjs";
import { times } from "./rules/times.mjs";
import { steps } from "./rules/steps.mjs";
import { reports } from "./rules/reports.mjs";

const areas = [limits, acceptance, negative, pauses, extensions, hall, entries, times, steps, reports];

/** findings of a case up to a moment: rule, level, state, raised, key. */
export const findings = matter =>
  areas.flatMap(area => area(matter)).filter(f => f.raised <= matter.now).map(f => ({ state: "active", key: "", ...f }));
