/** Injection token of the service's `MailSettings`. */
export const MAIL_SETTINGS = Symbol('MAIL_SETTINGS');

/** How mails leave, to whom beside the known recipients, and with how much patience. */
export interface MailSettings {
  /** `smtp://user:password@host:port` or `smtps://…`; without it nothing is sent. */
  smtpUrl?: string;
  /** Without an SMTP server mails are written here, one `.eml` file each; without a folder they are only recorded. */
  mailDir?: string;
  /** `Ordergate <ordergate@example.com>`; its domain is also that of the Message-IDs. */
  from: string;
  /** Where finance reads its mail; several addresses with commas. */
  financeMail?: string;
  financeLanguage: string;
  /** Instants are written in this zone. */
  timeZone: string;
  attemptsMax: number;
  /** Pause after the first failed attempt, in seconds; doubled after each, at most half an hour. */
  retrySeconds: number;
  /** An attempt without an end counts as dead after this time. Longer than the time-outs of the SMTP client together. */
  attemptSeconds: number;
}

/** Reads the environment. Throws one sentence that names the wrong variable. */
export function mailSettings(env: NodeJS.ProcessEnv = process.env): MailSettings {
  const smtpUrl = env['SMTP_URL'];
  if (smtpUrl && !/^smtps?:\/\/[^/]+/.test(smtpUrl)) throw new Error('SMTP_URL must look like smtp://host:587');
  const attemptsMax = Number(env['ORDERGATE_MAIL_ATTEMPTS'] || 16);
  if (!Number.isInteger(attemptsMax) || attemptsMax < 1 || attemptsMax > 1000) {
    throw new Error(`ORDERGATE_MAIL_ATTEMPTS must be 1–1000, not "${env['ORDERGATE_MAIL_ATTEMPTS']}"`);
  }
  return {
    ...(smtpUrl && { smtpUrl }),
    ...(env['ORDERGATE_MAIL_DIR'] && { mailDir: env['ORDERGATE_MAIL_DIR'] }),
    ...(env['ORDERGATE_FINANCE_MAIL'] && { financeMail: env['ORDERGATE_FINANCE_MAIL'] }),
    from: env['ORDERGATE_MAIL_FROM'] || 'Ordergate <ordergate@localhost>',
    financeLanguage: env['ORDERGATE_FINANCE_LANGUAGE'] || 'en',
    timeZone: env['ORDERGATE_TIME_ZONE'] || 'UTC',
    attemptsMax,
    // With 16 attempts a server may be away for four hours.
    retrySeconds: 5,
    attemptSeconds: 60,
  };
}
