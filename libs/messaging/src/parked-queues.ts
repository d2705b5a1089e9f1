/** Who waits, in memory: customers with parked messages, and the topics on which they lie. */
export class ParkedQueues {
  private readonly topicsOf = new Map<string, Set<string>>();

  add(customerId: string, topic: string): void {
    const topics = this.topicsOf.get(customerId);
    if (topics) topics.add(topic);
    else this.topicsOf.set(customerId, new Set([topic]));
  }

  remove(customerId: string, topic: string): void {
    const topics = this.topicsOf.get(customerId);
    topics?.delete(topic);
    if (topics?.size === 0) this.topicsOf.delete(customerId);
  }

  has(customerId: string, topic: string): boolean {
    return this.topicsOf.get(customerId)?.has(topic) ?? false;
  }

  hasAnyOf(customerId: string): boolean {
    return this.topicsOf.has(customerId);
  }

  /** On how many topics something of the customer is parked. */
  countOf(customerId: string): number {
    return this.topicsOf.get(customerId)?.size ?? 0;
  }

  /** Number of customers of whom something is parked. */
  get size(): number {
    return this.topicsOf.size;
  }
}
