import { Day, Flag, Identifier, OneOf, Text } from '@ordergate/contracts';

export class PolicyBody {
  @Text(500_000, { meaning: 'The document, YAML or JSON' })
  document!: string;
  @Text(2000, { optional: true, meaning: 'What it changes, and why' })
  note?: string;
}

export class ActivationBody {
  @Day({ optional: true, meaning: 'The business day from which it is in force; at once, when left out' })
  effectiveOn?: string;
  @Text(500, { meaning: 'Why' })
  reason!: string;
}

export class PolicyCheckBody {
  @OneOf(['scenarios', 'backtest'] as const, { meaning: 'What was run' })
  kind!: 'scenarios' | 'backtest';
  @Flag({ meaning: 'Whether the version stood it' })
  passed!: boolean;
  @Text(2000, { meaning: 'What came out, in a few sentences' })
  summary!: string;
}

export class ShadowBody {
  @Identifier({ meaning: 'The version that every order is also decided with' })
  version!: string;
}
