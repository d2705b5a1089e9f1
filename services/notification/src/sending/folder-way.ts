import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Mail } from './mail.ts';
import type { Attempt, MailWay } from './mail-way.ts';

/** For demonstrations and tests of one's own: each mail is a file that any mail program opens. */
export class FolderWay implements MailWay {
  readonly description: string;
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = resolve(folder);
    this.description = `SMTP_URL is not set, so mails are written as files to ${this.folder}`;
  }

  async send({ notificationId, bytes }: Mail): Promise<Attempt> {
    const path = join(this.folder, `${notificationId}.eml`);
    try {
      await mkdir(this.folder, { recursive: true });
      // By rename: whoever looks into the folder sees whole mails, and a repetition replaces the first.
      await writeFile(`${path}.part`, bytes);
      await rename(`${path}.part`, path);
      return { outcome: 'sent' };
    } catch (error) {
      return { outcome: 'not-taken', because: (error as Error).message };
    }
  }
}
