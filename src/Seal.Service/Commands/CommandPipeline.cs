using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Seal.Domain.Deciding;
using Seal.Ledger;
using Seal.Service.Effects;
using Seal.Service.Operation;
using Seal.Service.Problems;
using Seal.Service.Vault;

namespace Seal.Service.Commands;

/// <summary>
/// The one way a command takes: read the streams it names, decide, do what the decision asks to be done outside, append.
/// When others have changed what was read, it is decided anew on what is true now.
/// </summary>
public sealed class CommandPipeline(
    EventLedger ledger, StreamLoader loader, EffectRunner effects, FreeTextVault texts, DomainSettings rules, TimeProvider clock, SealMetrics metrics)
{
    /// <summary>How often a command is decided anew before its sender is asked to try again.</summary>
    private const int Attempts = 16;

    private readonly RequestTurns _turns = new();

    /// <summary>Gives a command and carries it to its end.</summary>
    /// <exception cref="ProblemException">The request cannot be decided at all: stale version, reused idempotency key.</exception>
    public async Task<CommandAnswer> GiveAsync<TCommand>(TCommand command, CommandContext context, CancellationToken cancellation)
        where TCommand : ICommand<TCommand>
    {
        ArgumentNullException.ThrowIfNull(context);
        var started = Stopwatch.GetTimestamp();
        var facts = new Facts(context.Actor, clock.GetUtcNow(), NewKey(), rules) { Proof = context.Proof };
        using var turn = context.Idempotency is { } mine ? await _turns.TakeAsync(mine, cancellation) : null;
        await using var work = new Work();
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            facts = facts with { Now = clock.GetUtcNow(), Outcomes = work.Findings };
            var states = await loader.LoadAsync(command, States.None, facts, cancellation);

            // Looked for after the streams are read: whoever has carried this very request out meanwhile, in another process,
            // has changed them, and the changes must not be taken for a reason to refuse it.
            if (context.Idempotency is { } key && await FindReplayAsync(key, cancellation) is { } replayed)
            {
                return replayed;
            }

            var target = command.Target(facts);
            if (context.IfMatch is { } expected && !TCommand.Contract.Creates && states.VersionOf(target) != expected)
            {
                throw new ProblemException(RequestProblems.StaleVersion.With("version", states.VersionOf(target)));
            }

            try
            {
                await texts.KeepAsync(command, facts, work, cancellation);
                var answer = await DecideAsync(command, context, states, facts, work, cancellation);
                metrics.CommandGiven(typeof(TCommand).Name, answer.Rejection?.Code, Stopwatch.GetElapsedTime(started));
                return answer;
            }
            catch (LedgerException refused) when (refused is ConcurrencyException or ConditionFailedException)
            {
                metrics.AppendRefused(typeof(TCommand).Name);
                await work.DiscardAsync();
            }
            catch (LedgerUnavailableException lost) when (lost.OutcomeUnknown)
            {
                work.Keep();
                throw;
            }
            catch (IdempotencyConflictException)
            {
                throw new ProblemException(RequestProblems.IdempotencyKeyReused);
            }
        }

        throw new ProblemException(RequestProblems.TryAgain);
    }

    private async Task<CommandAnswer> DecideAsync<TCommand>(
        TCommand command, CommandContext context, States states, Facts facts, Work work, CancellationToken cancellation)
        where TCommand : ICommand<TCommand>
    {
        while (true)
        {
            var decision = Decider.Decide(command, states, facts);
            AppendResult? appended = null;
            if (decision.Events.Count > 0)
            {
                appended = await AppendAsync<TCommand>(decision, context, states, work, cancellation);
                states = states.After(decision.Events);
            }

            if (decision.Effect is null)
            {
                if (appended is { Replayed: true })
                {
                    await work.DiscardAsync();
                    return await CommandAnswer.ReplayAsync(appended, ledger, cancellation);
                }

                if (appended is not null)
                {
                    await work.CommitAsync();
                }

                var target = command.Target(facts);
                var all = appended is null ? null : appended with { Events = [.. work.Recorded, .. appended.Events] };
                return new CommandAnswer(target, states.VersionOf(target), all, decision.Rejection, Replayed: false);
            }

            work.Record(appended?.Events ?? []);

            var outcome = await effects.PerformAsync(decision.Effect, work, cancellation);
            work.Found(outcome);
            facts = facts.With(outcome);
            states = await loader.LoadAsync(command, states, facts, cancellation);
        }
    }

    private async Task<AppendResult> AppendAsync<TCommand>(Decision decision, CommandContext context, States states, Work work, CancellationToken cancellation)
        where TCommand : ICommand<TCommand>
    {
        var writes = decision.Events.GroupBy(written => written.Stream)
            .Select(stream => new StreamWrite(
                stream.Key.ToString(),
                states.VersionOf(stream.Key),
                [.. stream.Select(written => new EventData(EventCatalog.WireNameOf(written.Event), EventCatalog.Serialize(written.Event)))]))
            .ToList();
        var guards = (decision.Guards ?? states.Streams)
            .Where(stream => decision.Events.All(written => written.Stream != stream))
            .Select(AppendCondition (stream) => new AppendCondition.StreamAt(stream.ToString(), states.VersionOf(stream)));
        IReadOnlyList<AppendCondition> conditions = decision.RecordedBefore is { } end
            ? [.. guards, new AppendCondition.RecordedBefore(end, "validity")]
            : [.. guards];

        List<long> before = [.. work.Recorded.Select(recorded => recorded.Position)];

        // A key stands for the whole command: it is taken with the events that end it.
        var idempotency = decision.Effect is null && context.Idempotency is { } key
            ? new IdempotencyKey(key.Scope, key.Key, key.Digest, new CommandOutcome(before, decision.Rejection).ToString())
            : null;
        return await ledger.AppendAsync(
            new AppendRequest(writes, Metadata<TCommand>(context))
            {
                Conditions = conditions,
                Idempotency = idempotency,
                WithProof = context.WithProof && decision.Effect is null,
                AlsoProven = before,
            },
            cancellation);
    }

    private async Task<CommandAnswer?> FindReplayAsync(RequestKey key, CancellationToken cancellation)
    {
        try
        {
            return await ledger.FindRequestAsync(key.Scope, key.Key, key.Digest, cancellation) is { } earlier ? await CommandAnswer.ReplayAsync(earlier, ledger, cancellation) : null;
        }
        catch (IdempotencyConflictException)
        {
            throw new ProblemException(RequestProblems.IdempotencyKeyReused);
        }
    }

    private static byte[] Metadata<TCommand>(CommandContext context) => JsonSerializer.SerializeToUtf8Bytes(
        new { actor = context.Actor.Person.Value, command = typeof(TCommand).Name, channel = context.Channel, proof = context.Proof?.Id },
        DomainJson.Options);

    private static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
}
