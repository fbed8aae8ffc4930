using Seal.Ledger.Tests.Readers;

namespace Seal.Ledger.Tests.Pooled;

public sealed class AppendsThroughPgBouncerTests(PooledFixture fixture) : AppendTests(fixture);

public sealed class ConditionsThroughPgBouncerTests(PooledFixture fixture) : ConditionTests(fixture);

public sealed class IdempotencyThroughPgBouncerTests(PooledFixture fixture) : IdempotencyTests(fixture);

public sealed class ProjectionsThroughPgBouncerTests(PooledFixture fixture) : ProjectionTests(fixture);

public sealed class SeveralProcessesThroughPgBouncerTests(PooledFixture fixture) : SeveralProcessesTests(fixture);

public sealed class AsyncProjectionsThroughPgBouncerTests(PooledFixture fixture) : AsyncProjectionTests(fixture);

public sealed class AutomationsThroughPgBouncerTests(PooledFixture fixture) : AutomationTests(fixture);
