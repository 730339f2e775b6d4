#!/usr/bin/env node
/** `npx meshery-provider-conformance URL`: checks a remote provider, written in any language. */
import { Checklist } from './checklist.ts';
import type { CheckResult } from './checklist.ts';
import { readConfig, usage } from './config.ts';
import type { Config } from './config.ts';
import { askPerson, runCommand } from './leads.ts';
import { Mismatch } from './mismatch.ts';
import { ProviderApi } from './provider-api.ts';
import { inWords, summary } from './report.ts';
import { runChecks } from './run-checks.ts';
import { SignIn } from './sign-in.ts';

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

async function main(): Promise<number> {
  const config = readConfig();
  if (config !== undefined) return check(config);
  process.stdout.write(usage);
  return 0;
}

async function check({ url, isJson, timeoutMs, callbackPort, loginCommand, environment }: Config): Promise<number> {
  const api = new ProviderApi(url, timeoutMs);
  await api.send('GET', '/capabilities');
  const list = new Checklist(api, (result: CheckResult) => {
    process.stdout.write(isJson ? `${JSON.stringify(result)}\n` : inWords(result));
  });
  const lead = loginCommand === undefined ? askPerson(say) : runCommand(loginCommand, environment);
  await runChecks({ api, list, signIn: new SignIn(api, { lead, callbackPort }) });
  say(summary(list.results));
  return list.results.some(({ status }) => status === 'failed') ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  const isKnown = error instanceof Mismatch;
  say(`meshery-provider-conformance: ${error instanceof Error ? error.message : 'failed'}`);
  say(isKnown ? 'Is the address right, and does the provider run?' : 'See meshery-provider-conformance --help.');
  process.exitCode = 2;
}
