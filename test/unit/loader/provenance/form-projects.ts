import type { MergedProject } from './merged-project.ts';

/** Projects in which one value is written in several forms, by what is special about each. */
export const formProjects: Readonly<Record<string, MergedProject>> = {
  'short forms': {
    files: {
      'compose.yaml': `services:
  web:
    image: x
    ports: ["8080:80", "127.0.0.1:9090:90/udp", "7000-7001:7000-7001"]
    volumes: ["./site:/srv:ro", "data:/data", /anonymous]
    devices: ["/dev/a:/dev/b:r"]
    configs: [settings]
    secrets: [token]
    networks: [front, back]
    depends_on: [db]
    command: serve --now "two words"
    entrypoint: /bin/entry
    dns: 8.8.8.8
    tmpfs: /run
    healthcheck: {test: curl localhost}
    extra_hosts: {b: 10.0.0.2, a: [10.0.0.1, 10.0.0.3]}
  db:
    image: y
    build: ./db
volumes: {data: }
networks: {front: , back: {driver: bridge}}
configs: {settings: {content: "a: 1"}}
secrets: {token: {environment: TOKEN}}
`,
    },
    request: { environment: { TOKEN: 'never shown' } },
  },
  'long forms of two files': {
    files: {
      'compose.yaml': `services:
  web:
    image: x
    ports:
      - {target: 80, published: "8080", protocol: tcp, mode: host}
    volumes:
      - {type: bind, source: /a, target: /a, read_only: true}
    depends_on:
      db: {condition: service_healthy, restart: true}
    networks:
      front: {aliases: [w, ww], priority: 5}
    deploy:
      replicas: 2
      resources: {limits: {cpus: "0.50", memory: 128M}, reservations: {memory: 64M}}
      restart_policy: {condition: on-failure, max_attempts: 3, window: 2m}
    ulimits: {nofile: {soft: 100, hard: 200}, nproc: 50}
  db: {image: y}
networks:
  front: {driver: bridge, ipam: {config: [{subnet: 10.5.0.0/16}]}, labels: {a: "1"}}
`,
      'compose.override.yaml': `services:
  web:
    depends_on:
      db: {condition: service_started}
    networks:
      front: {priority: 6}
    deploy:
      resources: {limits: {memory: 256M}}
    ulimits: {nofile: {soft: 150, hard: 200}, nproc: 60}
networks:
  front: {labels: {a: "2"}}
`,
    },
  },
  'reset and override': {
    files: {
      'compose.yaml': `services:
  web:
    image: x
    command: [one, two]
    environment: {A: a, B: b}
    labels: {keep: "1", drop: "2"}
    ports: ["80:80"]
    logging: {driver: json-file, options: {max-size: 1m}}
`,
      'compose.override.yaml': `services:
  web:
    command: !override [three]
    environment: !override {B: only}
    labels: {drop: !reset null}
    ports: !reset []
    logging: {driver: syslog, options: {tag: t}}
`,
    },
  },
  'the name of the project': {
    files: {
      'compose.yaml': `name: "\${PREFIX:-my}-app"
services:
  web: {image: "\${COMPOSE_PROJECT_NAME}/web", volumes: ["v:/v"]}
volumes: {v: }
`,
      'compose.override.yaml': 'services: {web: {secrets: [s]}}\nsecrets: {s: {file: ./secret.txt}}\n',
      '.env': 'PREFIX=our\n',
      'secret.txt': 'never shown\n',
    },
  },
  'a name from the environment': {
    files: {
      'compose.yaml': 'name: written\nservices: {web: {image: "${COMPOSE_PROJECT_NAME}:1"}}\n',
      '.env': 'COMPOSE_PROJECT_NAME=from-file\n',
    },
  },
  'dependencies that others imply': {
    files: {
      'compose.yaml': `services:
  a: {image: x}
  b: {image: x, links: [a]}
  c: {image: x, network_mode: "service:a", volumes_from: [b]}
`,
      'compose.override.yaml': 'services: {b: {depends_on: {a: {condition: service_healthy}}}}\n',
    },
  },
  'scale and replicas': {
    files: {
      'compose.yaml': 'services: {web: {image: x, deploy: {replicas: 2}}}\n',
      'compose.override.yaml': 'services: {web: {deploy: {replicas: !reset null, mode: replicated}, scale: 4}}\n',
    },
    request: { checkConsistency: true },
  },
  'texts of many lines and odd keys': {
    files: {
      'compose.yaml': `services:
  my.service:
    image: x
    command:
      - |
        first line
        second line
      - >-
        folded
        text
    environment:
      __proto__: p
      constructor: c
      "with space": s
    labels:
      "quoted \\"key\\"": "tab\\there"
x-notes: {list: [1, 2.5, true, text], nested: {deep: value}}
`,
      'compose.override.yaml':
        'services: {my.service: {environment: {constructor: d}}}\nx-notes: {nested: {deep: other}}\n',
    },
  },
};
