// Plain JavaScript: it has to run on whatever Node is there, to say which one is needed.
import { existsSync } from 'node:fs';

const major = Number(process.versions.node.split('.')[0]);
if (!existsSync(new URL('../../node_modules/kafkajs', import.meta.url))) {
  console.error('The packages are not installed yet. Run: npm ci');
  process.exitCode = 1;
} else if (major < 24) {
  console.error(`This is Node ${process.versions.node}; Ordergate needs 24, which npm has installed. Run: npm start`);
  process.exitCode = 1;
} else {
  await import('./demo.ts');
}
