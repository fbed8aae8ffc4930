using System.Text.Json;
using Seal.Ledger.Tiles;

namespace Seal.Ledger.Auditing;

/// <summary>Where an audit was when it was broken off; only one in which nothing was wrong so far is gone on with.</summary>
internal sealed record AuditState(
    string Origin, long Size, byte[] Range, IReadOnlyList<byte[]> Tiles, DateTimeOffset Last, byte[] StreamsSecret, long Streams, long Checkpoints, IReadOnlyList<string> Kept)
{
    /// <summary>The file of the table of streams beside a state file.</summary>
    public static string StreamsFile(string file) => file + ".streams";

    /// <summary>Takes a state up. It serves once: until it is saved again, the audit would begin anew.</summary>
    /// <returns>The state; null if there is none that can be gone on with.</returns>
    public static AuditState? Take(string? file, string origin, IReadOnlyList<string> kept)
    {
        if (file is null || !File.Exists(file))
        {
            return null;
        }

        AuditState? state;
        try
        {
            state = JsonSerializer.Deserialize<AuditState>(File.ReadAllBytes(file));
        }
        catch (JsonException)
        {
            // Not worth more than a new start.
            state = null;
        }

        File.Delete(file);
        // What is asked to be compared now must have been compared then.
        return state is not null && state.Origin == origin && kept.All(state.Kept.Contains) && File.Exists(StreamsFile(file)) ? state : null;
    }

    /// <summary>Keeps the state.</summary>
    public Task SaveAsync(string file) => WholeFile.WriteAsync(Path.GetFullPath(file), JsonSerializer.SerializeToUtf8Bytes(this), CancellationToken.None);
}
