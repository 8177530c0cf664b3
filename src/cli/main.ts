#!/usr/bin/env node
/** Entry point of the `care-chat` command. */
import { runCli } from './run-cli.js';
import { createTerminal } from './terminal.js';

process.exitCode = await runCli(process.argv.slice(2), createTerminal());
