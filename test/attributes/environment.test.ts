import { describe } from 'vitest';
import { itReads, itRefuses } from '../fakes/attribute-tables.ts';

describe('environment', () => {
  itReads([
    [
      'environment: {TEXT: a=b, NUMBER: 5, HEX: 0x1f, FLOAT: 1.50, BIG: 12345678.9, FLAG: true, BARE: , EMPTY: ""}',
      {
        environment: {
          TEXT: 'a=b',
          NUMBER: '5',
          HEX: '31',
          FLOAT: '1.5',
          BIG: '1.23456789e+07',
          FLAG: 'true',
          BARE: null,
          EMPTY: '',
        },
      },
    ],
    ['environment: [A=1, B, "C=d=e", A=2]', { environment: { A: '2', B: null, C: 'd=e' } }],
    ['environment: {}', {}],
    ['environment: {yes: yes}', { environment: { yes: 'yes' } }],
  ]);
  itRefuses([
    ['environment: ', '1 services.a.environment must be a mapping or list, but is empty (null)'],
    ['environment: {A: [b]}', '15 services.a.environment.A must be a boolean, null, number or string, but is a list'],
    [
      'environment: {A: 2024-01-02}',
      '18 services.a.environment.A must be a boolean, null, number or string, but is a date (2024-01-02)',
    ],
    ['environment: ["A =1"]', '15 services.a.environment: environment variable A  is declared with a trailing space'],
  ]);
});

describe('labels and other pairs', () => {
  itReads([
    ['labels: {a: 1, b: , c: true}', { labels: { a: '1', b: '', c: 'true' } }],
    ['labels: [a=1, b]', { labels: { a: '1', b: '' } }],
    ['annotations: {a: 1}, sysctls: [net.x=1]', { annotations: { a: '1' }, sysctls: { 'net.x': '1' } }],
    ['storage_opt: {size: 1G, n: 5}', { storage_opt: { size: '1G', n: '5' } }],
    ['logging: {driver: syslog, options: {a: 1, b: }}', { logging: { driver: 'syslog', options: { a: '1', b: '' } } }],
    ['logging: {}', { logging: {} }],
  ]);
  itRefuses([
    [
      'logging: {options: {a: true}}',
      '24 services.a.logging.options.a must be a null, number or string, but is the boolean true',
    ],
    ['storage_opt: {size: 0.5}', '21 services.a.storage_opt.size: a text is expected, and this is 0.5: quote it'],
    ['storage_opt: {size: true}', '21 services.a.storage_opt.size: a text is expected, and this is true: quote it'],
    ['labels: text', "9 services.a.labels must be a mapping or list, but is the text 'text'"],
  ]);
});
