namespace Seal.Ledger;

/// <summary>What must hold at the moment of the append, in its transaction, for it to be made.</summary>
public abstract record AppendCondition
{
    private AppendCondition()
    {
    }

    /// <summary>A stream that is not written is still at the version the decision read.</summary>
    /// <param name="Stream">Text <c>type/key</c>.</param>
    /// <param name="Version">Version of its last event; 0 if it must not exist.</param>
    public sealed record StreamAt(string Stream, long Version) : AppendCondition;

    /// <summary>The events' <c>recordedAt</c> comes out before a time.</summary>
    /// <param name="Time">The first moment that is too late.</param>
    /// <param name="Name">What ends then, for the refusal; such as <c>certificate.validUntil</c>.</param>
    public sealed record RecordedBefore(DateTimeOffset Time, string Name) : AppendCondition;
}
