/**
 * Loaded before a service (`node --import`): replaces one piece of it while it is read, so that the checker can be seen to
 * find it. The product knows nothing of this.
 */
import { registerHooks } from 'node:module';
import { breaks } from './breaks.ts';

const name = process.env['ORDERGATE_BROKEN'];
const { replacements } = breaks.find((one) => one.name === name)!;

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const ofFile = replacements.filter(({ file }) => url.endsWith(file));
    if (ofFile.length === 0) return loaded;
    let source = String(loaded.source);
    for (const { file, instead, put } of ofFile) {
      if (!instead.test(source)) throw new Error(`${name}: ${file} has no ${String(instead)} any more`);
      source = source.replace(instead, put);
    }
    return { ...loaded, source };
  },
});
