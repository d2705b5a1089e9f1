import { languagePattern, languageProblem, OneOf, Pattern, Text } from '@ordergate/contracts';

const addressPattern = /^[^\s@<>,;:"()]{1,64}@[^\s@<>,;:"()]{1,190}$/;

export class RecipientBody {
  @Text(200, { optional: true })
  name?: string;
  @Pattern(addressPattern, 'must be a mail address like "ayse@example.com"', { meaning: 'Where mails go' })
  email!: string;
  @Pattern(languagePattern, languageProblem, {
    meaning: 'Mails are written in it, in English if nobody has translated them',
  })
  language!: string;
}

export class PreferencesBody {
  @Pattern(languagePattern, languageProblem, { optional: true, meaning: 'Mails are written in it' })
  language?: string;
  @OneOf(['every', 'none'], { optional: true, meaning: 'Of which holds a mail is sent' })
  holds?: 'every' | 'none';
}
