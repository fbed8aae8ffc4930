namespace Seal.Benchmarks.Measuring;

/// <summary>One measured figure beside its reference of the same run.</summary>
/// <param name="Row">What was measured.</param>
/// <param name="Ours">Our figure, in <paramref name="Unit"/>.</param>
/// <param name="Reference">The reference's figure, in the same unit; for a bare limit the limit itself.</param>
/// <param name="Unit">Such as <c>events/s</c>.</param>
/// <param name="Ratio">Ours by the reference.</param>
/// <param name="Goal">The ratio wanted.</param>
/// <param name="IsCeiling">Whether the goal is the most (a time, a size) and not the least (a rate).</param>
internal sealed record BenchRow(string Row, double Ours, double Reference, string Unit, double Ratio, double Goal, bool IsCeiling)
{
    public bool Met => IsCeiling ? Ratio <= Goal : Ratio >= Goal;

    /// <summary>A rate that must reach a part of the reference's.</summary>
    public static BenchRow AtLeast(string row, double ours, double reference, string unit, double goal) => new(row, ours, reference, unit, ours / reference, goal, false);

    /// <summary>A time or size that must not pass a multiple of the reference's.</summary>
    public static BenchRow AtMost(string row, double ours, double reference, string unit, double goal) => new(row, ours, reference, unit, ours / reference, goal, true);

    /// <summary>
    /// The same from several rounds, each of which measured both sides one after the other: the round whose ratio is in the middle. What
    /// else the machine does meets both sides of a round, but not two rounds, alike.
    /// </summary>
    public static BenchRow AtLeast(string row, IReadOnlyList<(double Ours, double Reference)> rounds, string unit, double goal)
    {
        var (ours, reference) = rounds.OrderBy(round => round.Ours / round.Reference).ElementAt(rounds.Count / 2);
        return AtLeast(row, ours, reference, unit, goal);
    }
}
