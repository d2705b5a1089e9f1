import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { postgresSettings, projectRoot } from '@ordergate/local-infra';
import { parse } from 'yaml';

interface Service {
  image: string;
  build?: object;
  pull_policy?: string;
  command?: string;
  profiles?: string[];
  ports?: string[];
  volumes?: string[];
  restart: string;
  healthcheck?: object;
  depends_on?: Record<string, { condition: string }>;
}

const read = (path: string): unknown => parse(readFileSync(join(projectRoot, path), 'utf8'), { merge: true });
const { services, volumes } = read('docker-compose.yml') as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const all = Object.entries(services);
const inProfile = (profile: string) =>
  all.filter(([, { profiles }]) => profiles?.includes(profile)).map(([name]) => name);
const mounts = ({ volumes: mounted = [] }: Service) => mounted.map((text) => text.split(':') as [string, string]);

describe('docker-compose.yml', () => {
  it('starts the gate and what it stands on; everything else waits for its profile', () => {
    const always = all.filter(([, { profiles }]) => !profiles).map(([name]) => name);
    expect(always.sort()).toEqual(
      [
        'collections',
        'customer-credit',
        'issuer',
        'kafka',
        'migrate',
        'notification',
        'order',
        'postgres',
        'topics',
      ].sort(),
    );
    expect(inProfile('tools')).toEqual(['kafka-ui']);
    expect(inProfile('observability')).toEqual(['metrics-token', 'prometheus', 'grafana']);
  });

  it.each(all)('%s: only this machine reaches its ports, its image is named with a version', (_, service) => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
    expect(service.image).toMatch(/^\$\{ORDERGATE_IMAGE:-ordergate\}$|:v?\d+(\.\d+)*$/);
  });

  it('starts Postgres with the settings that it has without Docker', () => {
    const { command } = services['postgres']!;
    expect(command!.split(' -c ')).toEqual(['postgres', ...postgresSettings]);
  });

  it('builds its one image once, and never asks a registry for it', () => {
    const ours = all.filter(([, { image }]) => image.includes('ORDERGATE_IMAGE'));
    expect(ours.filter(([, { build }]) => build).map(([name]) => name)).toEqual(['migrate']);
    for (const [name, { pull_policy }] of ours)
      expect([name, pull_policy]).toEqual([name, name === 'migrate' ? undefined : 'never']);
  });

  it.each(all)('%s: runs for ever and can say whether it is well, or ends', (_, { restart, healthcheck }) => {
    expect([restart, healthcheck !== undefined]).toEqual(restart === 'no' ? ['no', false] : ['unless-stopped', true]);
  });

  it.each(all)('%s: waits for what it needs to be healthy or done, within its own profile', (_, service) => {
    for (const [name, { condition }] of Object.entries(service.depends_on ?? {})) {
      const needed = services[name]!;
      expect(condition).toBe(needed.restart === 'no' ? 'service_completed_successfully' : 'service_healthy');
      for (const profile of needed.profiles ?? []) expect(service.profiles).toContain(profile);
    }
  });

  it('mounts files that exist and volumes that are declared, all of them', () => {
    const sources = all.flatMap(([, service]) => mounts(service).map(([source]) => source));
    const files = sources.filter((source) => source.startsWith('./'));
    expect(files.filter((file) => !existsSync(join(projectRoot, file)))).toEqual([]);
    const named = sources.filter((source) => !source.startsWith('./'));
    expect(new Set(named)).toEqual(new Set(Object.keys(volumes)));
  });
});

describe('The profile observability', () => {
  const prometheus = read('infra/observability/prometheus.yml') as {
    rule_files: string[];
    scrape_configs: { authorization: { credentials_file: string }; static_configs: { targets: string[] }[] }[];
  };
  const targetOf = (name: string, source: string) => mounts(services[name]!).find(([from]) => from === source)?.[1];

  it('has Prometheus read every service, with the token that is made for it', () => {
    const [scrape] = prometheus.scrape_configs;
    const ours = all.filter(([, { command }]) => command?.includes('/dist/src/main.js'));
    expect(ours).toHaveLength(4);
    expect(scrape!.static_configs[0]!.targets).toEqual(
      ours.map(([name, { ports }]) => `${name}:${ports![0]!.split(':').at(-1)}`),
    );
    const token = scrape!.authorization.credentials_file;
    expect(services['metrics-token']!.command).toContain(`> ${token}`);
    for (const name of ['metrics-token', 'prometheus']) expect(token).toMatch(`${targetOf(name, 'metrics-token')}/`);
  });

  it('gives Prometheus its alerts, and Grafana its data source and dashboard, where each looks for them', () => {
    const folder = './infra/observability';
    for (const file of ['prometheus.yml', ...prometheus.rule_files])
      expect(targetOf('prometheus', `${folder}/${file}`)).toBe(`/etc/prometheus/${file}`);
    for (const kind of ['datasources', 'dashboards'])
      expect(targetOf('grafana', `${folder}/grafana/${kind}.yml`)).toMatch(`/etc/grafana/provisioning/${kind}/`);
    const { providers } = read('infra/observability/grafana/dashboards.yml') as {
      providers: { options: { path: string } }[];
    };
    expect(targetOf('grafana', `${folder}/grafana/ordergate.json`)).toBe(
      `${providers[0]!.options.path}/ordergate.json`,
    );
  });
});
