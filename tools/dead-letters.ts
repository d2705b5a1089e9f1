/** `npm run dead-letters -- list`: messages that could not be handled; handle them again or throw them away. */
import { deadLetters } from './dead-letters/dead-letters-command.ts';

process.exitCode = await deadLetters(process.argv.slice(2), process.env, { say: console.log, complain: console.error });
