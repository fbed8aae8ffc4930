namespace Seal.Ledger;

/// <summary>A signed statement of the log: these are my first events, and this is their root.</summary>
/// <param name="Head">Size and root.</param>
/// <param name="Note">The C2SP tlog-checkpoint in a signed note, as it is published.</param>
public sealed record SignedCheckpoint(TreeHead Head, string Note)
{
    /// <summary>Reads a checkpoint and checks its signatures and its origin.</summary>
    /// <param name="note">The signed note.</param>
    /// <param name="origin">The log it must come from.</param>
    /// <param name="trusted">The log's keys.</param>
    /// <returns>The checkpoint, now to be believed.</returns>
    /// <exception cref="FormatException">Not a checkpoint, or one of another log.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Not signed by a trusted key.</exception>
    public static SignedCheckpoint Verify(string note, string origin, IReadOnlyCollection<INoteVerifier> trusted)
    {
        var parsed = SignedNote.Parse(note);
        parsed.Verify(trusted);
        (var from, var head) = TreeHead.ParseCheckpointText(parsed.Text);
        if (from != origin)
        {
            throw new FormatException($"The checkpoint is of '{from}', not of '{origin}'.");
        }

        return new SignedCheckpoint(head, note);
    }
}
