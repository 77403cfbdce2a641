import { describe, expect, test } from 'vitest';
import { inColumns, withoutFillings } from '../../../src/dockerode/podman-differences.ts';
import type { ContainerInspect } from '../../../src/engine/container.ts';

test('a process table of whole lines is cut into columns, the last of which takes the rest', () => {
  const lines = { Titles: ['PID   USER     COMMAND'], Processes: [['1 root     sh -c a  b'], ['7 me']] };
  expect(inColumns(lines)).toEqual({
    Titles: ['PID', 'USER', 'COMMAND'],
    Processes: [
      ['1', 'root', 'sh -c a b'],
      ['7', 'me', ''],
    ],
  });
});

test('one that is in columns stays as it is', () => {
  const table = { Titles: ['PID', 'CMD'], Processes: [['1', 'sh -c  x']] };
  expect(inColumns(table)).toEqual(table);
  expect(inColumns({ Titles: ['PID'], Processes: [['1']] })).toEqual({ Titles: ['PID'], Processes: [['1']] });
});

describe('withoutFillings', () => {
  const inspect = {
    Config: {
      Image: 'app',
      Hostname: 'abc',
      Env: ['A=b', 'TERM=xterm', 'container=podman', 'HOME=/root', 'HOSTNAME=abc', 'TERM=vt100'],
      WorkingDir: '/',
      StopSignal: '9',
      StopTimeout: 0,
    },
    HostConfig: {
      PidsLimit: 2048,
      Ulimits: [
        { Name: 'RLIMIT_NOFILE', Soft: 4096, Hard: 4096 },
        { Name: 'RLIMIT_NPROC', Soft: 4096, Hard: 4096 },
      ],
    },
    // Nothing else of a container matters here.
  } as unknown as ContainerInspect;

  test('what Podman fills in is left out, and its names become those of Docker', () => {
    expect(withoutFillings({ product: 'podman' }, inspect)).toEqual({
      Config: { Image: 'app', Hostname: 'abc', Env: ['A=b', 'TERM=vt100'], StopSignal: 'SIGKILL' },
      HostConfig: {},
    });
  });

  test('what somebody asked for stays', () => {
    const asked = {
      Config: { ...inspect.Config, Env: ['HOME=/home/me'], WorkingDir: '/w', StopSignal: 'SIGINT', StopTimeout: 3 },
      HostConfig: { PidsLimit: 9, Ulimits: [{ Name: 'RLIMIT_NOFILE', Soft: 1, Hard: 2 }] },
    } as unknown as ContainerInspect;
    expect(withoutFillings({ product: 'podman' }, asked)).toEqual({
      Config: asked.Config,
      HostConfig: { PidsLimit: 9, Ulimits: [{ Name: 'nofile', Soft: 1, Hard: 2 }] },
    });
  });

  test('Docker is believed', () => {
    expect(withoutFillings({ product: 'docker' }, inspect)).toBe(inspect);
  });
});
