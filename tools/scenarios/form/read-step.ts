import { isMap, isScalar, type YAMLMap } from 'yaml';
import type { Step, VerbStep } from '../story.ts';
import { expectForm, type Expectation } from './expect-form.ts';
import { listOf, mapping, required, shown, type Read, type Reading } from './reading.ts';
import { count, day } from './scalars.ts';
import { verbForms, verbNames, type VerbName } from './verb-forms.ts';

const kinds = [...verbNames, 'expect', 'day', 'parallel', 'twice', 'repeat'];
const readExpect = mapping(expectForm);

/** One step: one verb, with what is expected beside it; or an `expect` of its own. */
export const readStep: Read<Step> = (given, name, reading) => {
  const map = reading.resolve(given);
  const kind = isMap(map)
    ? kindOf(map, name, reading)
    : reading.note(given, `${name} ${shown(map)} must be a step like { pay: { … } }`);
  if (kind === undefined) return undefined;
  const node = (map as YAMLMap).get(kind, true);
  const place = { line: reading.lineOf(given), text: `${kind}: ${reading.textOf(node)}` };
  const expect = kind === 'expect' ? undefined : readBeside(map as YAMLMap, kind, reading);
  const beside = expect ? { expect } : {};
  switch (kind) {
    case 'expect': {
      const own = readExpect(node, 'expect', reading);
      return own && { kind, expect: own, ...place };
    }
    case 'day': {
      const to = day(node, 'day', reading);
      return to === undefined ? undefined : { kind, to, ...place };
    }
    case 'parallel': {
      const steps = listOf(readVerb)(node, 'parallel', reading);
      return steps && { kind, steps, ...beside, ...place };
    }
    case 'repeat': {
      const repeat = readRepeat(node, 'repeat', reading);
      return repeat && { kind, ...repeat, ...place };
    }
    case 'twice': {
      const step = readVerb(node, 'twice', reading);
      return step && ({ ...step, isTwice: true, ...beside, ...place } as VerbStep);
    }
    default: {
      const fields = mapping(verbForms[kind])(node, kind, reading);
      return fields && ({ kind: 'verb', verb: kind, fields, isTwice: false, ...beside, ...place } as VerbStep);
    }
  }
};

type Kind = VerbName | 'expect' | 'day' | 'parallel' | 'twice' | 'repeat';

/** What the step is: its only key beside `expect`. */
function kindOf(map: YAMLMap, name: string, reading: Reading): Kind | undefined {
  const keys = map.items.map(({ key }) => ({ key, text: isScalar(key) ? String(key.value) : '?' }));
  for (const { key, text } of keys)
    if (!kinds.includes(text))
      return reading.note(key, `${name}: there is no verb "${text}"; verbs are ${kinds.join(', ')}`);
  const verbs = keys.filter(({ text }) => text !== 'expect');
  if (verbs.length > 1)
    return reading.note(
      verbs[1]!.key,
      `${name}: one step is one verb, not ${verbs.map(({ text }) => text).join(' and ')}; write two steps`,
    );
  return (verbs[0]?.text ?? keys[0]?.text ?? reading.note(map, `${name} is empty`)) as Kind | undefined;
}

function readBeside(map: YAMLMap, kind: Kind, reading: Reading): Expectation | undefined {
  if (!map.has('expect')) return undefined;
  const node = map.get('expect', true);
  if (kind === 'day' || kind === 'repeat')
    return reading.note(node, `expect cannot stand beside ${kind}; make it a step of its own`);
  return readExpect(node, 'expect', reading);
}

/** A verb that something is sent by: what `twice` and `parallel` hold. */
const readVerb: Read<VerbStep> = (node, name, reading) => {
  const step = readStep(node, name, reading);
  if (step === undefined || step.kind === 'verb') return step;
  return reading.note(node, `${name} holds verbs that something is sent by, not ${step.kind}`);
};

const readRepeat = mapping({
  times: required(count(1, 10_000)),
  steps: required(listOf((...args: Parameters<Read<Step>>) => readStep(...args))),
});
