using Npgsql;
using NpgsqlTypes;
using Seal.Ledger;
using Seal.Service.Projections;

namespace Seal.Service.Usage;

/// <summary>
/// Counts uses by day. What is asked of whole divisions in whole quarters of an hour is added up from <see cref="UsageCounts"/>,
/// which may be a moment behind; everything else is counted from the usage log itself, which never is.
/// </summary>
public sealed class UsageCounter(EventLedger ledger, UsageCounts counts)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Counts.</summary>
    /// <param name="query">Which uses.</param>
    /// <param name="offset">Where the days begin: minutes east of UTC.</param>
    /// <param name="after">A position that the caller has seen and that the answer must not be behind; -1: any.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<UsageDays> CountAsync(UsageQuery query, int offset, long after, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (CanAddUp(query, offset) && (after < 0 || await ledger.Readers.WaitForAsync(counts.Name, after + 1, Patience, cancellation))
            && await ledger.Readers.ReadAsync(counts.Name, (connection, build) => AddUpAsync(connection, build, query, offset, cancellation), cancellation) is { } added)
        {
            return added;
        }

        var before = await ledger.SizeAsync(cancellation);
        var days = await ledger.Shown.Projections.CountByDayAsync(
            SealProjections.Signings, "firstRecordedAt", TimeSpan.FromMinutes(offset), query.Filters, cancellation);
        return new UsageDays(offset, before, [.. days.Select(day => new UsageDay(day.Day, day.Count))]);
    }

    private static bool CanAddUp(UsageQuery query, int offset) =>
        query is { Organisation: null, Seal: null, Person: null } && TimeSpan.FromMinutes(offset).Ticks % UsageCounts.Quarter.Ticks == 0
        && IsWhole(query.From) && IsWhole(query.Until);

    private static bool IsWhole(DateTimeOffset? time) => time is null || time.Value.UtcTicks % UsageCounts.Quarter.Ticks == 0;

    private async Task<UsageDays?> AddUpAsync(NpgsqlConnection connection, ProjectionBuild build, UsageQuery query, int offset, CancellationToken cancellation)
    {
        if (build.Version != counts.Version)
        {
            return null;
        }

#pragma warning disable CA2100 // The table's name is the ledger's own; values are parameters.
        await using var command = new NpgsqlCommand(
            $"""
            select ((quarter at time zone 'UTC') + $1)::date as day, sum(uses)::bigint from {build.Table}
            where quarter >= coalesce($2, '-infinity') and quarter < coalesce($3, 'infinity') and region = coalesce($4, region) and outcome = coalesce($5, outcome)
            group by day having sum(uses) > 0 order by day
            """,
            connection);
#pragma warning restore CA2100
        command.Parameters.Add(new() { Value = TimeSpan.FromMinutes(offset) });
        command.Parameters.Add(new() { Value = query.From is { } from ? from.UtcDateTime : DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = query.Until is { } until ? until.UtcDateTime : DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = (object?)query.Region ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)query.Outcome ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        List<UsageDay> days = [];
        while (await reader.ReadAsync(cancellation))
        {
            days.Add(new UsageDay(DateOnly.FromDateTime(reader.GetDateTime(0)), reader.GetInt64(1)));
        }

        return new UsageDays(offset, build.Position, days);
    }
}
