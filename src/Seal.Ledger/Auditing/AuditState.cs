using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Seal.Ledger.Merkle;
using Seal.Ledger.Tiles;

namespace Seal.Ledger.Auditing;

/// <summary>
/// Where an audit was when it was last kept; only one in which nothing was wrong so far is gone on with. The table of
/// streams is kept beside it as it was then: whoever is killed has changed the living one since.
/// </summary>
internal sealed record AuditState(
    string Origin, long Size, byte[] Range, IReadOnlyList<byte[]> Tiles, DateTimeOffset Last, byte[] StreamsSecret, long Streams, long Checkpoints, IReadOnlyList<string> Kept,
    IReadOnlyList<string> Keys)
{
    /// <summary>The file of the living table of streams beside a state file.</summary>
    public static string StreamsFile(string file) => file + ".streams";

    /// <summary>Takes a state up.</summary>
    /// <returns>The state; null if there is none that can be gone on with.</returns>
    public static AuditState? Take(string? file, string origin, AuditOptions options)
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

        // What is asked to be compared now must have been compared then.
        if (state is not { IsWhole: true } || state.Origin != origin || !options.Kept.All(state.Kept.Contains) || !NamesOf(options.Keys).All(state.Keys.Contains)
            || !state.Fits(SavedStreams(file, state.Size)))
        {
            Delete(file);
            return null;
        }

        File.Copy(SavedStreams(file, state.Size), StreamsFile(file), overwrite: true);
        return state;
    }

    /// <summary>What keys are called in a state: what was checked without them, or with others, was not checked with these.</summary>
    public static IReadOnlyList<string> NamesOf(IEnumerable<INoteVerifier> keys) =>
        [.. keys.Select(key => string.Create(CultureInfo.InvariantCulture, $"{key.Name}+{key.KeyId:x8}"))];

    // Somebody may have written something else into the file; not every member is there then.
    [JsonIgnore]
    private bool IsWhole =>
        this is { Range: not null, Tiles: not null, StreamsSecret: not null, Kept: not null, Keys: not null, Size: > 0, Streams: >= 0 }
        && Size % HashTile.FullWidth == 0
        && Range.Length == BitOperations.PopCount((ulong)Size) * MerkleHash.Size
        && Tiles.All(hashes => hashes is not null && hashes.Length % MerkleHash.Size == 0);

    private bool Fits(string streams) => File.Exists(streams) && StreamVersions.IsTable(new FileInfo(streams).Length, Streams);

    /// <summary>Keeps the state, and then forgets the one before.</summary>
    public async Task SaveAsync(string file, StreamVersions streams)
    {
        streams.CopyTo(SavedStreams(file, Size));
        await WholeFile.WriteAsync(Path.GetFullPath(file), JsonSerializer.SerializeToUtf8Bytes(this), CancellationToken.None);
        foreach (var older in AllSaved(file).Where(saved => saved != SavedStreams(file, Size)))
        {
            File.Delete(older);
        }
    }

    /// <summary>Forgets everything that was kept.</summary>
    public static void Delete(string file)
    {
        File.Delete(file);
        foreach (var saved in AllSaved(file))
        {
            File.Delete(saved);
        }
    }

    private static string SavedStreams(string file, long size) => Path.GetFullPath(file + ".streams." + size.ToString(CultureInfo.InvariantCulture));

    private static string[] AllSaved(string file)
    {
        var path = Path.GetFullPath(file);
        return Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".streams.*");
    }
}
