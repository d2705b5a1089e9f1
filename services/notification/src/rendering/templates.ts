import { readdirSync, readFileSync } from 'node:fs';
import handlebars from 'handlebars';

type Write = (context: object) => string;

/** A rule of the gate in words. */
export interface ReasonText {
  /** For the subject: `credit limit exceeded`. */
  title: string;
  /** With {{measured}}, {{threshold}} and {{subject}}. */
  sentence: Write;
  /** Whether the sentence makes sense without figures. */
  needsFigures: boolean;
}

export interface Template {
  subject: Write;
  text: Write;
  html: Write;
}

const root = new URL('../templates/', import.meta.url);
const fallbackLanguage = 'en';

/** Languages that mails are written in: the folders of `templates/`. To add one, translate a folder. */
export const templateLanguages: readonly string[] = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort();

/** Names of the mails: every `<name>.subject.template` of the fallback language. */
export const templateNames: readonly string[] = readdirSync(new URL(`${fallbackLanguage}/`, root))
  .filter((file) => file.endsWith('.subject.template'))
  .map((file) => file.slice(0, -'.subject.template'.length));

/** The language that somebody who wants `tr-TR` gets: `tr`, or English if nobody has written that one. */
export function templateLanguage(wanted: string): string {
  const [language] = wanted.toLowerCase().split('-');
  return templateLanguages.includes(language!) ? language! : fallbackLanguage;
}

const templates = new Map<string, Template>();

/** A mail's texts in one of `templateLanguages`. Throws for a name or language that has no file. */
export function templateOf(name: string, language: string): Template {
  const key = `${language}/${name}`;
  let template = templates.get(key);
  if (!template) {
    template = {
      subject: compiled(`${key}.subject.template`, { noEscape: true }),
      text: compiled(`${key}.text.template`, { noEscape: true }),
      html: compiled(`${key}.html.template`, { noEscape: false }),
    };
    templates.set(key, template);
  }
  return template;
}

function compiled(path: string, { noEscape }: { noEscape: boolean }): Write {
  return handlebars.compile(readFileSync(new URL(path, root), 'utf8'), { noEscape });
}

const reasons = new Map<string, ReadonlyMap<string, ReasonText>>();

/** The rules of the gate in the words of a language, by code. */
export function reasonTextsOf(language: string): ReadonlyMap<string, ReasonText> {
  let texts = reasons.get(language);
  if (!texts) {
    texts = readReasons(language);
    reasons.set(language, texts);
  }
  return texts;
}

function readReasons(language: string): ReadonlyMap<string, ReasonText> {
  const file = readFileSync(new URL(`${language}/reasons.json`, root), 'utf8');
  const entries = Object.entries(JSON.parse(file) as Record<string, { title: string; sentence: string }>);
  return new Map(
    entries.map(([code, { title, sentence }]) => [
      code,
      {
        title,
        sentence: handlebars.compile(sentence, { noEscape: true }),
        needsFigures: sentence.includes('{{measured}}'),
      },
    ]),
  );
}
