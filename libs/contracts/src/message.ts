import { fieldsOf, type Json, type Shape } from './fields/field-registry.ts';

export interface MessageDeclaration {
  /** Class name and version, as in `ce_type`: `OrderPlaced.v1`. */
  readonly type: string;
  /** Topic name without prefix. */
  readonly topic: string;
  /** The field that is the record's key. */
  readonly key: string;
  /** What has happened when this message comes, in one sentence. */
  readonly doc: string;
}

export interface MessageDefinition extends MessageDeclaration {
  readonly shape: Shape;
  /** The record key of data that has been parsed. */
  readonly keyOf: (data: object) => string;
}

const definitions = new Map<string, MessageDefinition>();
const typePattern = /^[A-Z][A-Za-z]+\.v[1-9]\d*$/;

/** Makes a class a message: its type, topic and key stand with its fields. Throws at load when two classes claim one type. */
export const Message =
  (declaration: MessageDeclaration): ClassDecorator =>
  (target) => {
    const { type, key } = declaration;
    const shape = target as unknown as Shape;
    if (!typePattern.test(type)) throw new Error(`${type} is no message type; they look like OrderPlaced.v1`);
    if (definitions.has(type)) throw new Error(`${type} is declared twice`);
    if (!fieldsOf(shape).some(({ name }) => name === key)) throw new Error(`${type} has no field ${key} to be its key`);
    definitions.set(type, { ...declaration, shape, keyOf: (data) => String((data as Json)[key]) });
  };

/** The definition behind a `ce_type`; undefined when no loaded class declares it. */
export const messageOf = (type: string): MessageDefinition | undefined => definitions.get(type);

/** Every message that is declared so far, in order of declaration; those of a topic, when it is given. */
export const messagesOf = (topic?: string): readonly MessageDefinition[] =>
  [...definitions.values()].filter((definition) => topic === undefined || definition.topic === topic);
