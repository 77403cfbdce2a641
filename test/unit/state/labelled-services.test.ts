import { expect, test } from 'vitest';
import { labelledDependencies } from '../../../src/state/labelled-services.ts';

test('a label of dependencies names each with its condition and whether it takes the dependent along', () => {
  expect(labelledDependencies('db:service_healthy:true,init:service_completed_successfully:false')).toEqual([
    { service: 'db', condition: 'service_healthy', required: true, restart: true },
    { service: 'init', condition: 'service_completed_successfully', required: true, restart: false },
  ]);
});

test('a bare name, as old containers have it, stands for a started dependency that is restarted along', () => {
  expect(labelledDependencies('db')).toEqual([
    { service: 'db', condition: 'service_started', required: true, restart: true },
  ]);
  expect(labelledDependencies('')).toEqual([]);
});
