namespace Seal.Documents.Judging;

/// <summary>
/// What the document time stamps of one file prove: that its first so many bytes existed at some time. They are judged from
/// the newest to the oldest, so that each may outlive its authority by those that came after it.
/// </summary>
internal sealed class ProvenExistence
{
    private readonly List<(long Length, DateTimeOffset Time)> _proofs = [];

    public void Add(long length, DateTimeOffset time) => _proofs.Add((length, time));

    /// <summary>The earliest time at which the first so many bytes are proven to have existed; null when nothing proves any.</summary>
    public DateTimeOffset? Of(long length) => _proofs
        .Where(proof => proof.Length >= length)
        .Min(static proof => (DateTimeOffset?)proof.Time);
}
