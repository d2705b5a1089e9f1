/** Settings of the one-node broker. Each deviation from Kafka's defaults says what it is for. */
export function serverProperties(node: { port: number; controllerPort: number; logDir: string }): string {
  const settings: Record<string, string | number | boolean> = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${node.controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${node.port},CONTROLLER://127.0.0.1:${node.controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${node.port}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name': 'PLAINTEXT',
    'log.dirs': node.logDir,

    // Topics are declared in infra/kafka/topics.yaml; a misspelt name must fail, not make a topic.
    'auto.create.topics.enable': false,
    // A dead letter (2 MiB on its topic) has to pass the broker's own limit, too.
    'message.max.bytes': 4194304,
    // Offsets outlive the topics' retention: a service that was away for long does not begin anew.
    'offsets.retention.minutes': 60 * 24 * 60,

    // One node: no copies, and few partitions of the internal topics (their creation delays the first consumer).
    'default.replication.factor': 1,
    'min.insync.replicas': 1,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 4,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 4,

    // A killed service is noticed after 2 s, and a consumer that joins does not wait for others to come.
    'group.min.session.timeout.ms': 2000,
    'group.initial.rebalance.delay.ms': 0,
    // A killed and restarted broker waits until its former self's session has run out: 2 s, not 9.
    'broker.session.timeout.ms': 2000,
    'broker.heartbeat.interval.ms': 500,

    // Small machine: fewer threads and buffers than a server's defaults.
    'num.network.threads': 2,
    'num.io.threads': 4,
    'log.cleaner.dedupe.buffer.size': 33554432,
    'log.index.size.max.bytes': 2097152,
  };

  return `${Object.entries(settings)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`;
}

/** The broker's log goes to one file of 10 MB and three older ones. */
export function log4jConfiguration(logFile: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Configuration status="WARN">
  <Appenders>
    <RollingFile name="file" fileName="${logFile}" filePattern="${logFile}.%i">
      <PatternLayout pattern="%d{ISO8601} %p %m (%c{1})%n%throwable"/>
      <Policies><SizeBasedTriggeringPolicy size="10MB"/></Policies>
      <DefaultRolloverStrategy max="3"/>
    </RollingFile>
  </Appenders>
  <Loggers>
    <Root level="INFO"><AppenderRef ref="file"/></Root>
  </Loggers>
</Configuration>
`;
}
