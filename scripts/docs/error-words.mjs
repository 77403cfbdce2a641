/** What the error codes mean that no catalogue of the source describes, in sections of the reference page. */
export const describedErrors = [
  {
    title: 'The engine',
    about:
      'Thrown as an `EngineError`, whose `kind` is the code without `engine-`. While a plan is carried out, a refusal is told in the words of its step instead, with this error as its cause.',
    codes: {
      'engine-unreachable':
        'No container engine answers, or its address makes no sense. `topsail doctor` shows where it was looked for.',
      'engine-access-denied':
        'The engine, or its registry, gives this user no access: the socket is not readable, or a login is missing.',
      'engine-connection-lost': 'The engine stopped answering in the middle of a call or of a stream.',
      'engine-aborted': "The caller's signal ended a call.",
      'engine-bad-request': 'The engine finds fault with a value that it was given.',
      'engine-not-found': 'The engine has no such container, network, volume or image.',
      'engine-conflict': 'The state of a resource does not allow the call: a name that is taken, a network in use.',
      'engine-unsupported': 'The engine does not offer the call: it is too old, or of another make.',
      'engine-server': 'The engine failed inside, or its answer cannot be read.',
    },
  },
  {
    title: 'Logins for registries',
    about: 'Read when an image is pulled, from the configuration of Docker clients.',
    codes: {
      'docker-config-unreadable': '`config.json` of Docker clients cannot be read, or is not JSON.',
      'credential-helper-failed': 'The program `docker-credential-…` that `config.json` names failed.',
    },
  },
  {
    title: 'Calls and command lines',
    about: undefined,
    codes: {
      usage: 'Flags that contradict each other, a value that a flag does not take, an unknown command.',
      'invalid-time': '`--since` or `--until` is neither a time nor a duration.',
      'no-such-service': 'A service that was named is not in the project.',
      'cannot-attach': '`attach` found a container that is paused, restarts, or has just ended.',
      'missing-dependency':
        '`start` found no container of a service that another one wants healthy or completed; `up` or `create` makes it.',
      'no-container-to-start': '`start` found no container of the project; `up` or `create` makes them.',
      'no-container-to-wait-for': '`wait` found no running container of the services it was given.',
      'no-such-value': '`explain` was given a path that leads to no value of the project.',
      'service-not-running':
        'A command needs a running container of a service, and there is none, or none of that number.',
      'service-without-container': '`cp` names a service that has no container, or none of that number.',
      'copy-impossible':
        '`cp` cannot do what it was asked: a folder would have to become a file, a folder is missing, a file of this machine cannot be read or written, or an archive leads outside of its destination.',
      'image-reference': 'No image can have the name that `commit` was given.',
      'no-such-port':
        '`port`, or a test that asks for the address of a service, names a port that the container neither publishes nor exposes.',
      'no-such-container': '`logs --index` names a container that the service does not have.',
      'copy-name-taken': 'Another project has the project name that a copy would have.',
      'instance-unnamed': '`--instance auto` was given to a command that needs a copy that exists.',
      'lock-unavailable':
        'A shared copy cannot be locked: the engine has no image for the lock, or another container has its name.',
      'no-free-port': 'Every host port of the range for copies (`x-topsail: {ports: …}`) is taken.',
      'no-free-subnet':
        'Every block of the ranges for copies (`x-topsail: {subnets: …}`) is taken, or covered by a route.',
      project: 'A project that cannot be used. The code of its first error stands in its place if there is one.',
      'execution-failed':
        'A plan was not carried out. The code of the first failure stands in its place if there is one.',
      'job-failed': 'Of an attached `up`: a container exited with another code than 0 by itself.',
      cancelled: 'A question of the command was answered with no.',
      interrupted: 'Ctrl-C or SIGTERM. The reason of the signal that ends everything; the exit code is 130.',
      internal: 'A fault of Topsail. Please report it with the lines below it.',
    },
  },
  {
    title: 'Stacks in tests',
    about: 'Thrown by `topsail/testing`, beside the errors of what it starts.',
    codes: {
      'stack-timeout': 'A stack was not ready in time; the details say what was under way.',
      'no-such-network': 'A network that was named is not in the project, or the service is not on it.',
      'no-such-checkpoint': 'A stack is to be reset to a checkpoint that was not made.',
      'fault-impossible':
        'The engine, its kernel, or the image of the container lacks what a fault needs; the message says what.',
      'invalid-link': 'What a link is to be like makes no sense, or nothing was asked for.',
      'checkpoint-impossible':
        'Several containers of one service have volumes without a name, and no one can say which is whose.',
      'invalid-limit': 'A limit that no container can have.',
      'invalid-wait': '`waitFor` was not told what to wait for.',
    },
  },
];
