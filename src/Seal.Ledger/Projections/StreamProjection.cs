namespace Seal.Ledger;

/// <summary>
/// An inline projection with one row for each stream of one type, whose key is the stream's: so that each row can be folded
/// anew from one stream, and an audit can hold the whole table against the events.
/// </summary>
public abstract class StreamProjection : InlineProjection
{
    /// <summary>Type of the streams: what stands before the slash.</summary>
    public abstract string StreamType { get; }

    /// <inheritdoc/>
    public sealed override IEnumerable<string> KeysOf(EventToProject e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return KeyOf(e.Stream) is { } key ? [key] : [];
    }

    /// <summary>The key of the row of a stream; null if the stream is of another type.</summary>
    internal string? KeyOf(string stream) =>
        stream.Length > StreamType.Length + 1 && stream[StreamType.Length] == '/' && stream.StartsWith(StreamType, StringComparison.Ordinal) ? stream[(StreamType.Length + 1)..] : null;
}
