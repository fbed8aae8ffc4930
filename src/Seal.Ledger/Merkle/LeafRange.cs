namespace Seal.Ledger.Merkle;

/// <summary>The leaves from <paramref name="From"/> up to, but without, <paramref name="To"/>.</summary>
/// <param name="From">First leaf, from 0.</param>
/// <param name="To">The leaf after the last.</param>
public readonly record struct LeafRange(long From, long To);
