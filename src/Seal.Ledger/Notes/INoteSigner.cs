namespace Seal.Ledger;

/// <summary>One key that signs checkpoints, as a signed note (C2SP signed-note) wants it. The host fills this port.</summary>
public interface INoteSigner
{
    /// <summary>Key name: no Unicode space, no <c>+</c>. Should be the log's origin.</summary>
    string Name { get; }

    /// <summary>Key id, big-endian in the note; make it with <see cref="SignedNote.KeyId"/>.</summary>
    uint KeyId { get; }

    /// <summary>Signs the text of a note.</summary>
    /// <param name="note">UTF-8, with its last newline.</param>
    /// <returns>The signature alone, without the key id.</returns>
    ReadOnlyMemory<byte> Sign(ReadOnlySpan<byte> note);
}

/// <summary>One key that is trusted to have signed a note.</summary>
public interface INoteVerifier
{
    /// <summary>Key name.</summary>
    string Name { get; }

    /// <summary>Key id.</summary>
    uint KeyId { get; }

    /// <summary>Says whether a signature is right.</summary>
    /// <param name="note">UTF-8, with its last newline.</param>
    /// <param name="signature">The signature alone, without the key id.</param>
    /// <returns>True if it is.</returns>
    bool Verify(ReadOnlySpan<byte> note, ReadOnlySpan<byte> signature);
}
