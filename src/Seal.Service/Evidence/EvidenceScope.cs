namespace Seal.Service.Evidence;

/// <summary>How much evidence is wanted.</summary>
public static class EvidenceScope
{
    /// <summary>All, the uses of the seals included.</summary>
    public const string All = "all";

    /// <summary>What happened to the seals, without their uses.</summary>
    public const string Story = "story";

    /// <summary>Both.</summary>
    public static IReadOnlyList<string> Known { get; } = [All, Story];
}
