import type { OperationKind } from '../plan/operation.ts';
import { buildImage } from './handlers/build-image.ts';
import { connectNetwork } from './handlers/connect-network.ts';
import { copyFiles } from './handlers/copy-files.ts';
import { createContainer } from './handlers/create-container.ts';
import { createNetwork } from './handlers/create-network.ts';
import { createVolume } from './handlers/create-volume.ts';
import { disconnectNetwork } from './handlers/disconnect-network.ts';
import { killContainer } from './handlers/kill-container.ts';
import { pauseContainer } from './handlers/pause-container.ts';
import { provideModel } from './handlers/provide-model.ts';
import { pullImage } from './handlers/pull-image.ts';
import { pushImage } from './handlers/push-image.ts';
import { removeContainer } from './handlers/remove-container.ts';
import { removeImage } from './handlers/remove-image.ts';
import { removeLeftover } from './handlers/remove-leftover.ts';
import { removeNetwork } from './handlers/remove-network.ts';
import { removeVolume } from './handlers/remove-volume.ts';
import { renameContainer } from './handlers/rename-container.ts';
import { restartContainer } from './handlers/restart-container.ts';
import { runHook } from './handlers/run-hook.ts';
import { runPreStart } from './handlers/run-pre-start.ts';
import { provideService, withdrawService } from './handlers/run-provider.ts';
import { startContainer } from './handlers/start-container.ts';
import { stopContainer } from './handlers/stop-container.ts';
import { unpauseContainer } from './handlers/unpause-container.ts';
import { waitContainer } from './handlers/wait-container.ts';
import type { OperationHandler } from './operation-handler.ts';

/** One handler for every kind of operation: a kind without one does not compile. */
export const operationHandlers: { readonly [Kind in OperationKind]: OperationHandler<Kind> } = {
  'pull-image': pullImage,
  'push-image': pushImage,
  'build-image': buildImage,
  'provide-service': provideService,
  'withdraw-service': withdrawService,
  'provide-model': provideModel,
  'create-network': createNetwork,
  'remove-network': removeNetwork,
  'create-volume': createVolume,
  'remove-volume': removeVolume,
  'create-container': createContainer,
  'connect-network': connectNetwork,
  'disconnect-network': disconnectNetwork,
  'copy-files': copyFiles,
  'start-container': startContainer,
  'wait-container': waitContainer,
  'stop-container': stopContainer,
  'restart-container': restartContainer,
  'run-hook': runHook,
  'run-pre-start': runPreStart,
  'kill-container': killContainer,
  'pause-container': pauseContainer,
  'unpause-container': unpauseContainer,
  'remove-container': removeContainer,
  'rename-container': renameContainer,
  'remove-image': removeImage,
  'remove-leftover': removeLeftover,
};
