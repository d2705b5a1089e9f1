import type { HoldFacts } from '../store/notification.store.ts';
import { amountInWords, dayInWords, figureInWords, instantInWords, listInWords } from './in-words.ts';
import { reasonTextsOf, templateLanguage, templateOf } from './templates.ts';

export interface MailText {
  subject: string;
  text: string;
  html: string;
}

/** Everything that a mail about a hold says. */
export interface MailContent {
  facts: HoldFacts;
  /** Null while the customer's record has not come. */
  customerName: string | null;
  recipientName: string | null;
  timeZone: string;
}

const reasonsInSubjectMax = 3;

/** Writes the mail in the recipient's language. Throws for a template that does not exist. */
export function renderMail(template: string, wantedLanguage: string, content: MailContent): MailText {
  const language = templateLanguage(wantedLanguage);
  const { subject, text, html } = templateOf(template, language);
  const context = contextOf(content, language);
  return {
    // A name may hold a line break; a subject may not.
    subject: subject(context).replace(/\s+/g, ' ').trim(),
    text: text(context),
    html: html(context),
  };
}

function contextOf({ facts, customerName, recipientName, timeZone }: MailContent, language: string) {
  const { orderId, customerId, total, available, reasons, decidedAt, businessDay } = facts;
  const written = reasons.map((reason) => reasonInWords(reason, language));
  const titles = [...new Set(written.map(({ title }) => title))];
  const shown = titles.slice(0, reasonsInSubjectMax);
  return {
    language,
    orderId,
    customerId,
    customer: customerName ?? customerId,
    customerName,
    recipientName,
    total: total && amountInWords(total, language),
    available: available && amountInWords(available, language),
    decidedAt: instantInWords(decidedAt, language, timeZone),
    businessDay: dayInWords(businessDay, language),
    reasonTitles: titles.length > shown.length ? `${shown.join(', ')} …` : listInWords(shown, language),
    reasons: written.map(({ sentence }) => sentence),
  };
}

type Reason = HoldFacts['reasons'][number];

/** A rule that this language has no words for (a newer one, or the policy's own) says what it says itself, in English. */
function reasonInWords({ code, message, measured, threshold, unit, subject }: Reason, language: string) {
  const known = reasonTextsOf(language).get(code);
  if (!known) return { title: code.replace(/^custom:/, ''), sentence: message };
  if (known.needsFigures && measured === undefined)
    return { title: known.title, sentence: sentenceOf(known.title, language) };
  const figure = (value: string | undefined): string | undefined => value && figureInWords(value, unit, language);
  return {
    title: known.title,
    sentence: known.sentence({ measured: figure(measured), threshold: figure(threshold), subject }),
  };
}

const sentenceOf = (title: string, language: string): string =>
  `${title.charAt(0).toLocaleUpperCase(language)}${title.slice(1)}.`;
