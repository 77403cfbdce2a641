import { describe } from 'vitest';
import { itReads, itRefuses } from '../fakes/attribute-tables.ts';

describe('command and entrypoint', () => {
  itReads([
    [`command: "sh -c 'echo hi'"`, { command: ['sh', '-c', 'echo hi'] }],
    ['command: [a b, c]', { command: ['a b', 'c'] }],
    ['command: "", entrypoint: []', { command: [], entrypoint: [] }],
    ['command: , entrypoint: "/run me"', { entrypoint: ['/run', 'me'] }],
    ['command: "a | b"', { command: ['a'] }],
  ]);
  itRefuses([
    [`command: "echo 'x"`, '10 services.a.command: invalid command line string'],
    ['command: [a, 1]', '14 services.a.command.1 must be a string, but is the number 1'],
  ]);
});

describe('healthcheck', () => {
  itReads([
    ['healthcheck: {test: curl x}', { healthcheck: { test: ['CMD-SHELL', 'curl x'] } }],
    [
      'healthcheck: {test: [CMD, a], interval: 90s, timeout: 0s, retries: 0, start_period: 1d, start_interval: 500ms}',
      {
        healthcheck: {
          test: ['CMD', 'a'],
          interval: '1m30s',
          timeout: '0s',
          retries: 0,
          start_period: '24h0m0s',
          start_interval: '500ms',
        },
      },
    ],
    ['healthcheck: {disable: true, retries: "3"}', { healthcheck: { disable: true, retries: 3 } }],
    ['healthcheck: {test: [NONE]}', { healthcheck: { test: ['NONE'] } }],
    ['healthcheck: {test: [], disable: false}', { healthcheck: {} }],
  ]);
  itRefuses([
    ['healthcheck: {interval: 10}', '25 services.a.healthcheck.interval must be a string, but is the number 10'],
    ['healthcheck: {interval: "10"}', '25 services.a.healthcheck.interval: missing unit in duration "10"'],
    ['healthcheck: {start-period: 1s}', "15 services.a.healthcheck additional properties 'start-period' not allowed"],
    ['healthcheck: {retries: -1}', '24 services.a.healthcheck.retries: -1 is below zero'],
    ['healthcheck: ', '1 services.a.healthcheck must be a mapping, but is empty (null)'],
  ]);
});

describe('hooks', () => {
  itReads([
    [
      'post_start: [{command: ./go now, user: root, privileged: true, working_dir: /w, environment: [A=1, B]}], pre_stop: [{command: [bye]}]',
      {
        post_start: [
          {
            command: ['./go', 'now'],
            user: 'root',
            privileged: true,
            working_dir: '/w',
            environment: { A: '1', B: null },
          },
        ],
        pre_stop: [{ command: ['bye'] }],
      },
    ],
  ]);
  itRefuses([['post_start: [{user: root}]', "14 services.a.post_start.0 missing property 'command'"]]);
});

describe('stopping and restarting', () => {
  itReads([
    ['stop_signal: SIGINT, stop_grace_period: 1m30s', { stop_signal: 'SIGINT', stop_grace_period: '1m30s' }],
    ['stop_grace_period: "0"', { stop_grace_period: '0s' }],
    ['restart: no', { restart: 'no' }],
    ['restart: on-failure:3', { restart: 'on-failure:3' }],
    ['init: false', { init: false }],
    ['init: "true", tty: true, stdin_open: "false"', { init: true, tty: true }],
    ['pull_policy: if_not_present', { pull_policy: 'missing' }],
    ['pull_policy: every_12h', { pull_policy: 'every_12h' }],
    ['attach: "no"', { attach: false }],
  ]);
  itRefuses([
    ['stop_grace_period: "30"', '20 services.a.stop_grace_period: missing unit in duration "30"'],
    ['restart: false', '10 services.a.restart must be a string, but is the boolean false'],
    ['init: maybe', '7 services.a.init: failed to cast to expected type: invalid boolean: maybe'],
    ['attach: maybe', '9 services.a.attach: invalid boolean: maybe'],
  ]);
});
