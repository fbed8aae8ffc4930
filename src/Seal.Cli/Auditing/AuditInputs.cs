using System.Net;
using System.Net.Http.Headers;
using Seal.Cryptography.Notes;
using Seal.Ledger;
using Seal.Ledger.Auditing;
using Seal.Service.Projections;

namespace Seal.Cli.Auditing;

/// <summary>Reads what the auditor names on the command line.</summary>
internal static class AuditInputs
{
    // 256 entries of 65,535 bytes behind two bytes each, and some room.
    private const long LargestAnswer = 20_000_000;

    /// <summary>The log's keys.</summary>
    /// <exception cref="AuditRequestException">One is none.</exception>
    public static IReadOnlyCollection<INoteVerifier> Keys(IEnumerable<string> given) => Keys(given, line => new LogKey(NoteVerifier.Parse(line)), "log");

    /// <summary>The keys of witnesses, each once.</summary>
    /// <exception cref="AuditRequestException">One is none.</exception>
    public static IReadOnlyCollection<INoteVerifier> Witnesses(IEnumerable<string> given) =>
        [.. Keys(given, line => new WitnessKey(CosignatureVerifier.Parse(line)), "witness").DistinctBy(key => (key.Name, key.KeyId))];

    /// <summary>How many witnesses must have cosigned.</summary>
    /// <exception cref="AuditRequestException">More than there are, or none.</exception>
    public static int Needed(int? asked, int witnesses) => asked switch
    {
        null => int.Max(witnesses, 1),
        { } needed when needed >= 1 && needed <= witnesses => needed,
        _ => throw new AuditRequestException($"--witnesses-needed is from 1 to the number of witnesses given with --witness, {witnesses}."),
    };

    private static List<INoteVerifier> Keys(IEnumerable<string> given, Func<string, INoteVerifier> parse, string whose)
    {
        var keys = new List<INoteVerifier>();
        foreach (var one in given)
        {
            var isFile = File.Exists(one);
            foreach (var line in (isFile ? Read(one) : one).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                try
                {
                    keys.Add(parse(line));
                }
                catch (FormatException e)
                {
                    throw new AuditRequestException(isFile ? $"'{line}' in {one} is no key of a {whose}: {e.Message}" : $"'{line}' is no file and no key of a {whose}: {e.Message}");
                }
            }
        }

        return keys;
    }

    /// <summary>A file's text.</summary>
    /// <exception cref="AuditRequestException">It cannot be read.</exception>
    public static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new AuditRequestException($"{file} cannot be read: {e.Message}");
        }
    }

    /// <summary>A checkpoint that was kept. Whether it is this log's, and signed by it, is for the audit to say.</summary>
    /// <exception cref="AuditRequestException">It cannot be read, or is no checkpoint: the mistake is then not the log's.</exception>
    public static string Kept(string file)
    {
        var note = Read(file);
        try
        {
            TreeHead.ParseCheckpointText(SignedNote.Parse(note).Text);
            return note;
        }
        catch (FormatException e)
        {
            throw new AuditRequestException($"{file} is no checkpoint: {e.Message}");
        }
    }

    /// <summary>A client whose base address is the log's prefix; null if the source is no address.</summary>
    public static HttpClient? Client(string source, string? token)
    {
        if (!Uri.TryCreate(source, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return null;
        }

        // The address of a service stands for its ledger; any other path is taken for the prefix of a log.
        var prefix = address.AbsolutePath == "/" ? "/ledger/" : address.AbsolutePath.TrimEnd('/') + "/";
#pragma warning disable CA2000 // The client disposes of its handler.
        var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(address, prefix),
            MaxResponseContentBufferSize = LargestAnswer,
        };
#pragma warning restore CA2000
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>The source.</summary>
    /// <param name="source">Folder or connection string; or an address, then with its client.</param>
    /// <param name="client">The client for an address.</param>
    /// <exception cref="AuditRequestException">It is none of the three.</exception>
    public static ITileSource Open(string source, HttpClient? client)
    {
        if (client is not null)
        {
            return new HttpTileSource(client, TimeProvider.System);
        }

        if (Directory.Exists(source))
        {
            return new FolderTileSource(source);
        }

        if (!source.Contains('=', StringComparison.Ordinal))
        {
            throw new AuditRequestException(
                $"There is no file and no folder {source}. A service is named by its address (http://…), a database by a connection string (Host=…;Database=…;Username=…).");
        }

        try
        {
            return new DatabaseTileSource(source, SealProjections.All);
        }
        catch (ArgumentException e)
        {
            throw new AuditRequestException($"The source is no connection string: {e.Message}");
        }
    }

    private sealed class WitnessKey(CosignatureVerifier key) : INoteVerifier
    {
        public string Name => key.Name;

        public uint KeyId => key.KeyId;

        public bool Verify(ReadOnlySpan<byte> note, ReadOnlySpan<byte> signature) => key.Verify(note, signature);
    }

    private sealed class LogKey(NoteVerifier key) : INoteVerifier
    {
        public string Name => key.Name;

        public uint KeyId => key.KeyId;

        public bool Verify(ReadOnlySpan<byte> note, ReadOnlySpan<byte> signature) => key.Verify(note, signature);
    }
}
