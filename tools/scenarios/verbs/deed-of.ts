import type { VerbStep } from '../story.ts';
import { accountVerbs } from './account-verbs.ts';
import { orderVerbs } from './order-verbs.ts';
import { peopleVerbs } from './people-verbs.ts';
import { receivableVerbs } from './receivable-verbs.ts';
import type { Deed, Scene } from './scene.ts';

const verbs = { ...accountVerbs, ...orderVerbs, ...receivableVerbs, ...peopleVerbs };

/** What a verb comes to, here and now. */
export const deedOf = ({ verb, fields }: VerbStep, scene: Scene): Deed =>
  (verbs[verb] as (fields: unknown, scene: Scene) => Deed)(fields, scene);
