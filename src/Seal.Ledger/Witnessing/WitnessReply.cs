namespace Seal.Ledger.Witnessing;

/// <summary>What came of asking a witness.</summary>
internal abstract record WitnessReply
{
    /// <summary>It cosigned.</summary>
    /// <param name="Line">The verified line.</param>
    /// <param name="Said">What it says.</param>
    public sealed record Cosigned(NoteSignature Line, Cosignature Said) : WitnessReply;

    /// <summary>It is at another size.</summary>
    public sealed record OtherSize(long Size) : WitnessReply;

    /// <summary>It did not.</summary>
    /// <param name="Why">A sentence.</param>
    public sealed record Refused(string Why) : WitnessReply;
}
