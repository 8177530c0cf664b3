/** The `care-chat` command: which subcommand, its help, its exit code. A person's mistake is answered in words, never with a stack trace. */
import { agentHelp, runAgent } from './agent.js';
import { backupHelp, runBackup } from './backup.js';
import { configHelp, runConfig } from './config-check.js';
import { conformanceHelp, runConformanceCommand } from './conformance.js';
import { formHelp, runForm } from './form.js';
import { pruneHelp, runPrune } from './prune.js';
import { restoreHelp, runRestore } from './restore.js';
import { runServe, serveHelp } from './serve.js';
import { exit, UsageError, type ExitCode, type Terminal } from './terminal.js';
import { runTriage, triageHelp } from './triage.js';
import { dictionaryHelp, runDictionary } from './unmask-dictionary.js';
import { runVisitor, visitorHelp } from './visitor.js';
import { didYouMean } from '../server/config/mistakes.js';

interface Command {
  readonly summary: string;
  readonly help: string;
  readonly run: (args: readonly string[], terminal: Terminal) => ExitCode | Promise<ExitCode>;
}

const commands: ReadonlyMap<string, Command> = new Map([
  ['serve', { summary: 'run the backend', help: serveHelp, run: runServe }],
  ['agent', { summary: 'add, reset, disable, enable and list agents\' accounts', help: agentHelp, run: runAgent }],
  ['config', { summary: 'check a configuration file', help: configHelp, run: runConfig }],
  ['backup', { summary: 'copy the database while the server runs', help: backupHelp, run: runBackup }],
  ['restore', { summary: 'put a backup in the place of the database', help: restoreHelp, run: runRestore }],
  ['prune', { summary: 'erase the beginning of a conversation', help: pruneHelp, run: runPrune }],
  ['visitor', { summary: 'end the sessions of a visitor', help: visitorHelp, run: runVisitor }],
  ['conformance', { summary: 'test any backend against the protocol', help: conformanceHelp, run: runConformanceCommand }],
  ['form', { summary: 'try a FHIR Questionnaire, and look for mistakes in it', help: formHelp, run: runForm }],
  ['triage', { summary: 'try a symptom checker\'s content pack', help: triageHelp, run: runTriage }],
  ['unmask-dictionary', { summary: 'list the texts of a site that a nurse may see in co-browsing', help: dictionaryHelp, run: runDictionary }],
]);

function help(): string {
  const lines = [...commands].map(([name, { summary }]) => `  care-chat ${name.padEnd(17)} ${summary}`);
  return ['care-chat: embeddable chat for clinics', '', ...lines, '', 'care-chat COMMAND --help tells more. Exit codes: 0 fine, 1 failed, 2 called wrongly.'].join('\n');
}

/** Runs one call of the command; resolves with its exit code. Never throws for a person's mistake. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const topic = name === 'help' ? commands.get(rest[0] ?? '') : undefined;
    (name === undefined ? terminal.error : terminal.out)(topic?.help ?? help());
    return name === undefined ? exit.usage : exit.ok;
  }
  const command = commands.get(name);
  if (!command) {
    terminal.error(`care-chat: there is no command "${name}".${didYouMean(name, [...commands.keys()])} See care-chat --help.`);
    return exit.usage;
  }
  try {
    return await command.run(rest, terminal);
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.error(`care-chat ${name}: ${error.message.replace(/\.$/, '')}. See care-chat ${name} --help.`);
      return exit.usage;
    }
    terminal.error(`care-chat ${name} failed: ${error instanceof Error ? error.message : 'unknown error'}`);
    return exit.failure;
  }
}
