/** Jest runs this once, after all integration tests. */
export default async function stopPostgres(): Promise<void> {
  await globalThis.testServer?.stop();
}
