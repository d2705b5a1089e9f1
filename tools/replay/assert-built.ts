import { projectRoot } from '@ordergate/local-infra';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Tools use the compiled contracts. @throws Error that names the cure */
export function assertBuilt(): void {
  if (!existsSync(join(projectRoot, 'libs/contracts/dist/index.js')))
    throw new Error('Ordergate is not built yet. Run: npm run build');
}
