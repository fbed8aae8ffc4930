using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Seal.Domain.Deciding;
using Seal.Domain.Signings;
using Seal.Ledger;

namespace Seal.Service.Usage;

/// <summary>
/// Uses of seals counted by quarter of an hour, division and outcome: what a whole province adds up to, without going through
/// every use. All offsets of the world's time zones are multiples of a quarter of an hour.
/// </summary>
public sealed class UsageCounts : AsyncProjection
{
    /// <summary>The length of a count's time.</summary>
    public static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    private const string Origins = """
        select s.name, e.recorded_at, e.body from ledger.streams s join ledger.events e on e.stream = s.id and e.version = 1 where s.name = any($1)
        """;

    private static readonly string[] Requested = [.. EventCatalog.WireNamesOf(typeof(SigningRequested)), .. EventCatalog.WireNamesOf(typeof(DeviceSigningRequested))];

    private static readonly Dictionary<string, string> Outcomes = new (Type Event, SigningStatus Status)[]
    {
        (typeof(SigningSealed), SigningStatus.Sealed),
        (typeof(SigningDeclined), SigningStatus.Declined),
        (typeof(SigningFailed), SigningStatus.Failed),
    }.SelectMany(outcome => EventCatalog.WireNamesOf(outcome.Event).Select(name => KeyValuePair.Create(name, Text(outcome.Status)))).ToDictionary();

    /// <inheritdoc/>
    public override string Name => "usage_counts";

    /// <inheritdoc/>
    public override IReadOnlySet<string> Types { get; } = new HashSet<string>([.. Requested, .. Outcomes.Keys]);

    /// <inheritdoc/>
    public override string Columns => """
        quarter timestamptz not null, region text collate "C" not null, outcome text collate "C" not null, uses bigint not null,
        primary key (quarter, region, outcome)
        """;

    /// <inheritdoc/>
    public override async Task FoldAsync(ProjectionChunk chunk, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        var requested = new Dictionary<string, (DateTime Quarter, string Region)>(StringComparer.Ordinal);
        var ended = new List<RecordedEvent>();
        var changes = new Dictionary<(DateTime Quarter, string Region, string Outcome), long>();
        foreach (var recorded in chunk.Events)
        {
            if (Requested.Contains(recorded.Type))
            {
                var origin = (QuarterOf(recorded.RecordedAt), RegionOf(recorded.Body.Span));
                requested[recorded.Stream] = origin;
                Add(changes, origin, Text(SigningStatus.Requested), 1);
            }
            else
            {
                ended.Add(recorded);
            }
        }

        await AddOriginsAsync(chunk.Connection, requested, [.. ended.Select(e => e.Stream).Where(stream => !requested.ContainsKey(stream)).Distinct()], ct);
        foreach (var recorded in ended)
        {
            var origin = requested[recorded.Stream];
            Add(changes, origin, Text(SigningStatus.Requested), -1);
            Add(changes, origin, Outcomes[recorded.Type], 1);
        }

        await WriteAsync(chunk, changes, ct);
    }

    private static string Text(SigningStatus status) => JsonNamingPolicy.KebabCaseLower.ConvertName(status.ToString());

    private static DateTime QuarterOf(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % Quarter.Ticks), DateTimeKind.Utc);

    private static void Add(
        Dictionary<(DateTime Quarter, string Region, string Outcome), long> changes, (DateTime Quarter, string Region) origin, string outcome, long uses)
    {
        var key = (origin.Quarter, origin.Region, outcome);
        changes[key] = changes.GetValueOrDefault(key) + uses;
    }

    private static string RegionOf(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals("region"u8);
            reader.Read();
            if (found)
            {
                return reader.GetString()!;
            }

            reader.Skip();
        }

        throw new JsonException("A request names no region.");
    }

    /// <summary>Of a use that ends in a later chunk than it began, the beginning is read from the ledger.</summary>
    private static async Task AddOriginsAsync(
        NpgsqlConnection connection, Dictionary<string, (DateTime Quarter, string Region)> requested, string[] streams, CancellationToken ct)
    {
        if (streams.Length == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(Origins, connection) { Parameters = { new() { Value = streams } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            requested[reader.GetString(0)] = (QuarterOf(new DateTimeOffset(reader.GetDateTime(1))), RegionOf(await reader.GetFieldValueAsync<byte[]>(2, ct)));
        }
    }

    private static async Task WriteAsync(ProjectionChunk chunk, Dictionary<(DateTime Quarter, string Region, string Outcome), long> changes, CancellationToken ct)
    {
#pragma warning disable CA2100 // The table's name is the ledger's own; values are parameters.
        await using var command = new NpgsqlCommand(
            $"""
            insert into {chunk.Table} as t (quarter, region, outcome, uses) select * from unnest($1, $2, $3, $4)
            on conflict (quarter, region, outcome) do update set uses = t.uses + excluded.uses
            """,
            chunk.Connection);
#pragma warning restore CA2100
        command.Parameters.Add(new() { Value = changes.Keys.Select(key => key.Quarter).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = changes.Keys.Select(key => key.Region).ToArray() });
        command.Parameters.Add(new() { Value = changes.Keys.Select(key => key.Outcome).ToArray() });
        command.Parameters.Add(new() { Value = changes.Values.ToArray() });
        await command.ExecuteNonQueryAsync(ct);
    }
}
