import { describe } from 'vitest';
import { itReads, itRefuses } from '../fakes/attribute-tables.ts';

describe('limits of memory', () => {
  itReads([
    ['mem_limit: 512m', { mem_limit: '536870912' }],
    ['mem_limit: 1024', { mem_limit: '1024' }],
    ['mem_limit: 1.5gb, mem_reservation: "1 GiB"', { mem_limit: '1610612736', mem_reservation: '1073741824' }],
    ['memswap_limit: -1', { memswap_limit: '-1' }],
    ['mem_swappiness: 60', { mem_swappiness: '60' }],
    ['shm_size: 64m', { shm_size: '67108864' }],
    ['mem_limit: 0, shm_size: 1.5', {}],
    ['oom_kill_disable: true, oom_score_adj: -500', { oom_kill_disable: true, oom_score_adj: -500 }],
    ['oom_kill_disable: false, oom_score_adj: 0', {}],
  ]);
  itRefuses([
    ['mem_limit: 10x', "12 services.a.mem_limit: invalid suffix: 'x'"],
    ['mem_limit: "-1"', "12 services.a.mem_limit: invalid size: '-1'"],
    ['mem_limit: ""', "12 services.a.mem_limit: invalid size: ''"],
    ['oom_score_adj: 2000', '16 services.a.oom_score_adj must be less than or equal to 1000, but is 2000'],
  ]);
});

describe('limits of processors', () => {
  itReads([
    ['cpus: 0.5', { cpus: 0.5 }],
    ['cpus: "1.10"', { cpus: 1.1 }],
    ['cpus: 0.123456789', { cpus: 0.123_456_79 }],
    ['cpu_count: "2", cpu_percent: 50', { cpu_count: 2, cpu_percent: 50 }],
    [
      'cpu_shares: 1024, cpu_period: "100000", cpu_quota: 50000',
      { cpu_shares: 1024, cpu_period: 100_000, cpu_quota: 50_000 },
    ],
    [
      'cpu_rt_period: 1000, cpu_rt_runtime: 900, cpuset: "0-1"',
      { cpu_rt_period: 1000, cpu_rt_runtime: 900, cpuset: '0-1' },
    ],
    ['cpus: 0, cpu_shares: 0', {}],
  ]);
  itRefuses([
    [
      'cpus: half',
      '7 services.a.cpus: failed to cast to expected type: parsing "half": invalid syntax, expected a number',
    ],
    ['cpu_count: -1', '12 services.a.cpu_count must be greater than or equal to 0, but is -1'],
    [
      'cpu_rt_runtime: 400ms',
      '17 services.a.cpu_rt_runtime: failed to cast to expected type: parsing "400ms": invalid syntax, expected a whole number',
    ],
  ]);
});

describe('limits of processes and files', () => {
  itReads([
    ['pids_limit: "100"', { pids_limit: 100 }],
    ['pids_limit: -1', { pids_limit: -1 }],
    [
      'ulimits: {nofile: 10, core: {soft: "1", hard: 2}, nproc: 0}',
      { ulimits: { core: { soft: 1, hard: 2 }, nofile: 10, nproc: 0 } },
    ],
  ]);
  itRefuses([
    [
      'ulimits: {nofile: unlimited}',
      '19 services.a.ulimits.nofile: failed to cast to expected type: parsing "unlimited": invalid syntax, expected a whole number',
    ],
  ]);
});

describe('blkio_config', () => {
  itReads([
    [
      'blkio_config: {weight: 300, weight_device: [{path: /dev/sda, weight: 400}], device_read_bps: [{path: /dev/sda, rate: 12mb}], device_write_iops: [{path: /dev/sda, rate: 30}]}',
      {
        blkio_config: {
          weight: 300,
          weight_device: [{ Path: '/dev/sda', Weight: 400 }],
          device_read_bps: [{ Path: '/dev/sda', Rate: '12582912' }],
          device_write_iops: [{ Path: '/dev/sda', Rate: '30' }],
        },
      },
    ],
  ]);
});

describe('gpus', () => {
  itReads([
    ['gpus: all', { gpus: [{ count: -1 }] }],
    [
      'gpus: [{driver: d, options: {k: 1}}, {count: "2"}, {device_ids: ["0"], capabilities: [c]}]',
      {
        gpus: [
          { driver: 'd', count: -1, options: { k: '1' } },
          { count: 2 },
          { capabilities: ['c'], device_ids: ['0'] },
        ],
      },
    ],
  ]);
  itRefuses([
    ['gpus: some', "7 services.a.gpus value must be 'all', but is the text 'some'"],
    [
      'gpus: [{count: few}]',
      `16 services.a.gpus.0.count: invalid value "few", the only value allowed is 'all' or a number`,
    ],
  ]);
});
