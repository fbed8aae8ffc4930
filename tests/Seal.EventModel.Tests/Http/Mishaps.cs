using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Seal.Domain.CertificateOrders;
using Seal.Domain.Certificates;
using Seal.Domain.Deciding;
using Seal.Domain.Holdings;
using Seal.Domain.Persons;
using Seal.Domain.Signings;
using Seal.EventModel.Tests.Model;
using Seal.Service.Commands;
using Seal.Service.Effects;
using Seal.Service.Files;
using Seal.Testing;

namespace Seal.EventModel.Tests.Http;

/// <summary>What befalls the service while a command is played whose directions say so. All else is as it always is.</summary>
public sealed class Mishaps
{
    private TaskCompletionSource _interrupted = new();
    private int _overlooked;

    /// <summary>The command being played.</summary>
    public Play? Playing { get; private set; }

    /// <summary>Ends when a signature is under way that its caller is to hang up on.</summary>
    public Task Interrupted => _interrupted.Task;

    /// <summary>The next command.</summary>
    public void Begin(Play play)
    {
        Playing = play;
        _overlooked = 0;
        _interrupted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Stands between the service and everything that performs its effects.</summary>
    public void Surround(IServiceCollection services)
    {
        foreach (var performed in services.Where(service => service.ServiceType == typeof(IEffectHandler)).ToList())
        {
            services.Remove(performed);
            services.AddSingleton<IEffectHandler>(provider => new Effect(
                (IEffectHandler)ActivatorUtilities.CreateInstance(provider, performed.ImplementationType!), this, provider.GetRequiredService<Uploads>()));
        }
    }

    /// <summary>
    /// What the authority outside does when it is told how a certificate stands. The service tells it by itself, as soon as it can: it is
    /// kept waiting until the scenario comes to that.
    /// </summary>
    public async Task<IResult> HearAsync(HttpContext http, StandInNotice notice)
    {
        while (Playing?.Command.Name != nameof(TellAuthority))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), http.RequestAborted);
        }

        return Playing.Props["telling"]?.ToString() switch
        {
            "declined" => Results.Problem(statusCode: 409, title: "Not yours."),
            "not-reached" => Results.StatusCode(StatusCodes.Status503ServiceUnavailable),
            _ => Results.NoContent(),
        };
    }

    private bool Directed(string name, string value) => Playing?.Props[name]?.ToString() == value;

    private sealed class Effect(IEffectHandler inner, Mishaps mishaps, Uploads uploads) : IEffectHandler
    {
        Type IEffectHandler.Effect => inner.Effect;

        public async Task<IOutcome> PerformAsync(IEffect effect, Work work, CancellationToken cancellation)
        {
            switch (effect)
            {
                case MakeSignature when mishaps.Directed("signature", "interrupted"):
                    mishaps._interrupted.SetResult();
                    await Task.Delay(Timeout.Infinite, cancellation);
                    break;
                // Once: the automation looks again while the same command is still being played.
                case FindObligations when mishaps.Directed("obligations", "overlooked") && Interlocked.Exchange(ref mishaps._overlooked, 1) == 0:
                    return new ObligationsFound([]);
                case MakeSignature signature when mishaps.Directed("upload", "lost"):
                    uploads.Files.Delete(signature.Document.Value);
                    break;
                case FinishSignature finish when mishaps.Directed("upload", "lost"):
                    uploads.Files.Delete(finish.Signature.Document.Value);
                    break;
                case ExtendEvidence when mishaps.Directed("evidence", "unavailable"):
                    return new SignatureFailed("timestamp-unavailable");
                case CertifyOrder when mishaps.Playing?.Props["issuing"] is { } code:
                    return new OrderNotCertified(code.ToString(), "why");
                case ExamineOrder when mishaps.Directed("paper", "large"):
                    return new DocumentUnfit("material-too-large", "materials");
                case IssueHolding issue when mishaps.Directed("certificate", "short"):
                    return await inner.PerformAsync(issue with { NotAfter = issue.NotAfter.AddMonths(-6) }, work, cancellation);
                default:
                    break;
            }

            return await inner.PerformAsync(effect, work, cancellation);
        }
    }
}
