using System.Runtime.CompilerServices;
using System.Text.Json;
using Seal.Domain.Deciding;
using Seal.Ledger;
using Seal.Service.Problems;

namespace Seal.Service.Views;

/// <summary>One page of a list.</summary>
/// <typeparam name="TItem">What is listed.</typeparam>
/// <param name="Items">The items.</param>
/// <param name="Next">The cursor of the next page; absent on the last.</param>
public sealed record Page<TItem>(IReadOnlyList<TItem> Items, string? Next);

/// <summary>The state of one thing and where in the ledger it comes from.</summary>
/// <typeparam name="TState">What the domain knows of it.</typeparam>
/// <param name="Id">Its key.</param>
/// <param name="Version">The version of its stream.</param>
/// <param name="FirstRecordedAt">When its first event was recorded (UTC).</param>
/// <param name="LastRecordedAt">When its last event was recorded (UTC).</param>
/// <param name="LastPosition">The ledger position of its last event.</param>
/// <param name="State">Its state.</param>
public sealed record View<TState>(string Id, long Version, DateTimeOffset FirstRecordedAt, DateTimeOffset LastRecordedAt, long LastPosition, TState State);

/// <summary>Reads views from projections, and from the streams themselves for the past.</summary>
public sealed class ViewReader(EventLedger ledger, Cursors cursors)
{
    private const int LargestPage = 1000;

    /// <summary>Today's state of one thing.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public async Task<View<TState>> GetAsync<TState>(string projection, string key, CancellationToken cancellation) where TState : class =>
        await ledger.Shown.Projections.GetAsync(projection, key, cancellation) is { } row ? Read<TState>(row) : throw new ProblemException(RequestProblems.NothingHere);

    /// <summary>The page of a list that a request asks for: <c>limit</c> and <c>cursor</c>.</summary>
    /// <exception cref="ProblemException">The list gave no such cursor.</exception>
    public ProjectionQuery Asked(QueryParameters parameters, string projection, IReadOnlyList<ProjectionFilter> filters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var query = new ProjectionQuery(projection) { Filters = filters, Limit = parameters.Limit() };
        return parameters.Text("cursor") is { } cursor ? query with { After = cursors.Open(query, cursor) } : query;
    }

    /// <summary>Today's state of one thing as the ledger itself has it, never as a replica does; <c>null</c> when there is none.</summary>
    public async Task<View<TState>?> FindAsync<TState>(string projection, string key, CancellationToken cancellation) where TState : class =>
        await ledger.Projections.GetAsync(projection, key, cancellation) is { } row ? Read<TState>(row) : null;

    /// <summary>One page of a list.</summary>
    public async Task<Page<View<TState>>> QueryAsync<TState>(ProjectionQuery query, CancellationToken cancellation) where TState : class
    {
        var page = await ledger.Shown.Projections.QueryAsync(query, cancellation);
        return new([.. page.Rows.Select(Read<TState>)], cursors.GiveOut(query, page.Next));
    }

    /// <summary>The rows of all pages of a query, one after the other.</summary>
    public async IAsyncEnumerable<View<TState>> RowsAsync<TState>(ProjectionQuery query, [EnumeratorCancellation] CancellationToken cancellation) where TState : class
    {
        ArgumentNullException.ThrowIfNull(query);
        do
        {
            var page = await ledger.Shown.Projections.QueryAsync(query, cancellation);
            foreach (var row in page.Rows)
            {
                yield return Read<TState>(row);
            }

            query = query with { After = page.Next };
        }
        while (query.After is not null);
    }

    /// <summary>The rows of all pages of a query as the ledger itself has them, never as a replica does.</summary>
    public async IAsyncEnumerable<View<TState>> OwnRowsAsync<TState>(ProjectionQuery query, [EnumeratorCancellation] CancellationToken cancellation) where TState : class
    {
        ArgumentNullException.ThrowIfNull(query);
        do
        {
            var page = await ledger.Projections.QueryAsync(query, cancellation);
            foreach (var row in page.Rows)
            {
                yield return Read<TState>(row);
            }

            query = query with { After = page.Next };
        }
        while (query.After is not null);
    }

    /// <summary>
    /// Every row there was when it was asked for, once, last changed last; read a page at a time, so that memory stays flat
    /// however many there are.
    /// </summary>
    /// <param name="projection">Name of the projection.</param>
    /// <param name="filters">All must hold.</param>
    /// <param name="mayChange">Whether a row in this state may still change; of the others none is remembered.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async IAsyncEnumerable<View<TState>> AllAsync<TState>(
        string projection, IReadOnlyList<ProjectionFilter> filters, Func<TState, bool> mayChange, [EnumeratorCancellation] CancellationToken cancellation)
        where TState : class
    {
        ArgumentNullException.ThrowIfNull(mayChange);
        var size = await ledger.SizeAsync(cancellation);
        var query = new ProjectionQuery(projection) { Filters = filters, Order = ProjectionOrder.OldestFirst, Limit = LargestPage };

        // A row that changes while others are read moves behind them and would come a second time.
        HashSet<string> unfinished = [];
        do
        {
            var page = await ledger.Shown.Projections.QueryAsync(query, cancellation);
            foreach (var row in page.Rows.Where(row => row.Document["firstPosition"]!.GetValue<long>() < size))
            {
                if (unfinished.Contains(row.Key))
                {
                    continue;
                }

                var view = Read<TState>(row);
                if (mayChange(view.State))
                {
                    unfinished.Add(row.Key);
                }

                yield return view;
            }

            query = query with { After = page.Next };
        }
        while (query.After is not null);
    }

    /// <summary>The state of one thing as of a version or a time.</summary>
    /// <exception cref="ProblemException">It was not there then, or has no such version.</exception>
    public async Task<View<TState>> AsOfAsync<TState>(StreamId stream, ReadUntil until, CancellationToken cancellation) where TState : class, IState<TState>
    {
        var events = (await ledger.Shown.ReadStreamsAsync([stream.ToString()], until, cancellation))[stream.ToString()];
        if (events.Count == 0)
        {
            throw new ProblemException(RequestProblems.NothingHere);
        }

        if (until.LastVersion > events[^1].Version)
        {
            throw new ProblemException(RequestProblems.InvalidParameter("version"));
        }

        var state = events.Aggregate(TState.Initial, (state, recorded) => state.Apply(Commands.StreamLoader.Facts(recorded)));
        return new(stream.Key, events[^1].Version, events[0].RecordedAt, events[^1].RecordedAt, events[^1].Position, state);
    }

    private static View<TState> Read<TState>(ProjectionRow row) where TState : class => new(
        row.Key,
        row.Document["version"]!.GetValue<long>(),
        row.Document["firstRecordedAt"]!.GetValue<DateTimeOffset>(),
        row.Document["lastRecordedAt"]!.GetValue<DateTimeOffset>(),
        row.Document["lastPosition"]!.GetValue<long>(),
        row.Document["state"].Deserialize<TState>(DomainJson.Options)!);
}
