/** Loaded before a program that uses kafkajs as it is; making a client mends the loop. */
import { kafkaClient } from '@ordergate/local-infra';

kafkaClient(['127.0.0.1:9']);
