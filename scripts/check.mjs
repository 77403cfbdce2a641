#!/usr/bin/env node
// Everything that can be checked without running the product. Usage: node scripts/check.mjs [--fix] [NAME...]
import { runChecks } from './checks/run-checks.mjs';

const words = process.argv.slice(2);
const names = words.filter((word) => word !== '--fix');
const { failed } = await runChecks(names, { fix: words.includes('--fix') });
process.exitCode = failed === 0 ? 0 : 1;
