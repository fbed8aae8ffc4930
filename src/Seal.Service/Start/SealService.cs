using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Seal.Cryptography.Timestamps;
using Seal.Cryptography.Vault;
using Seal.Documents.Judging;
using Seal.Documents.Pdf;
using Seal.Domain.Deciding;
using Seal.Service.Automations;
using Seal.Service.CertificateSources;
using Seal.Service.Commands;
using Seal.Service.Effects;
using Seal.Service.Evidence;
using Seal.Service.Files;
using Seal.Service.Keys;
using Seal.Service.OpenApi;
using Seal.Service.Operation;
using Seal.Service.Pki;
using Seal.Service.Problems;
using Seal.Service.Proofs;
using Seal.Service.Receipts;
using Seal.Service.Settings;
using Seal.Service.SignIn;
using Seal.Service.Timestamps;
using Seal.Service.Usage;
using Seal.Service.Vault;
using Seal.Service.Verification;
using Seal.Service.Views;

namespace Seal.Service.Start;

/// <summary>The running service: everything it needs is started before it, and stopped after it, in order.</summary>
public sealed class SealService : IAsyncDisposable
{
    private readonly Foundations _foundations;

    private SealService(Foundations foundations, WebApplication app, string url) => (_foundations, App, Url) = (foundations, app, url);

    /// <summary>The web application.</summary>
    public WebApplication App { get; }

    /// <summary>Where it listens.</summary>
    public string Url { get; }

    /// <summary>The services, for tests and for the host.</summary>
    public IServiceProvider Services => App.Services;

    /// <summary>The embedded PostgreSQL; <c>null</c> when another is set.</summary>
    public Ledger.Embedded.EmbeddedPostgres? Postgres => _foundations.Postgres;

    /// <summary>Starts everything.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="clock">The time.</param>
    /// <param name="configureLogging">Where logs go; <c>null</c>: structured lines on the console.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="configureServices">Replaces or wraps what the service is made of, such as who performs an effect; <c>null</c>: nothing.</param>
    /// <exception cref="StartupException">Something is missing; its message says what, and how to mend it.</exception>
    public static async Task<SealService> StartAsync(
        ServiceSettings settings, TimeProvider clock, Action<ILoggingBuilder>? configureLogging, CancellationToken cancellation,
        Action<IServiceCollection>? configureServices = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var url = WithPort(settings.Urls);
        if (settings.DemoPeople && !url.IsLoopback)
        {
            throw new StartupException($"The demo people, whose password everybody knows, would be open to {url.Host}: set Seal:DemoPeople to false, or listen on 127.0.0.1.");
        }

        var address = url.GetLeftPart(UriPartial.Authority);
        var foundations = await Foundations.LayAsync(settings, address, clock, cancellation);
        try
        {
            var app = Build(settings, foundations, clock, configureLogging, configureServices, address);
            await app.Services.GetRequiredService<IssuerFollower>().FollowAsync(cancellation);
            await app.Services.GetRequiredService<TimestampUnits>().PresentAsync(cancellation);
            await app.StartAsync(cancellation);
            if (settings.DemoPeople)
            {
                await RequireLoopbackAsync(app);
                await app.Services.GetRequiredService<DemoRegistration>().RegisterAsync(cancellation);
            }

            return new SealService(foundations, app, address);
        }
        catch
        {
            await foundations.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        await _foundations.DisposeAsync();
    }

    private static WebApplication Build(
        ServiceSettings settings, Foundations foundations, TimeProvider clock,
        Action<ILoggingBuilder>? configureLogging, Action<IServiceCollection>? configureServices, string address)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelHttpsConfiguration().UseUrls(address);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders();
        (configureLogging ?? ConsoleLogging)(builder.Logging);

        var services = builder.Services;
        services.AddSingleton(settings).AddSingleton(clock);
        services.AddCertificateSources(settings, clock);
        AddFoundations(services, foundations);
        AddCommands(services);
        AddViews(services);
        AddTimestamps(services, settings.Timestamps);
        AddWeb(services, settings);
        services.AddSingleton<EntitleOrganisations>().AddSingleton<FinishErasures>().AddSingleton<UsageCounts>().AddSingleton<UsageCounter>().AddSingleton<ReaderMetrics>().AddSingleton<WitnessMetrics>().AddSingleton<ReplicaMetrics>().AddHostedService<BackgroundReaders>().AddHostedService<FailUnfinishedSignings>().AddHostedService<TellAuthorities>().AddHostedService<RewrapVault>();
        services.AddSealOpenApi();
        AddTelemetry(services, settings);
        configureServices?.Invoke(services);

        var app = builder.Build();
        UseWeb(app, settings);
        app.MapSignIn();
        app.MapCommands();
        app.MapSeals();
        app.MapOrganisations();
        app.MapCertificates();
        app.MapPersons();
        SigningViews.Map(app);
        app.MapUsage();
        app.MapEvidence();
        app.MapReceipts();
        app.MapDocuments();
        app.MapVerifications();
        app.MapLedger();
        app.MapWitnessed();
        app.MapTiles();
        app.MapPki();
        app.MapOcsp();
        app.MapTimestamps();
        app.MapOperation();
        app.UseSealOpenApi();
        return app;
    }

    private static void AddFoundations(IServiceCollection services, Foundations foundations)
    {
        services.AddSingleton(foundations.Database).AddSingleton(foundations.Ledger).AddSingleton(foundations.MasterKeys).AddSingleton<ISecretWrapper>(foundations.MasterKeys).AddSingleton(foundations.Vault)
            .AddSingleton(foundations.Authorities).AddSingleton(foundations.ResponderKeys).AddSingleton(foundations.NoteSigners).AddSingleton(foundations.NoteKeys).AddSingleton(foundations.Digests).AddSingleton(foundations.Font)
            .AddSingleton(foundations.Uploads).AddSingleton(foundations.SealedFiles).AddSingleton(foundations.Provider).AddSingleton(foundations.TrustedRoots).AddSingleton(foundations.TrustPolicies);
        services.AddSingleton(new SignInKeys(foundations.SignInKeys, foundations.MasterKeys));
        services.AddDataProtection().SetApplicationName("Seal").PersistKeysToFileSystem(foundations.SignInKeys);
        services.Configure<KeyManagementOptions>(keys => keys.XmlEncryptor = new TokenXmlEncryptor(foundations.MasterKeys));
    }

    private static void AddCommands(IServiceCollection services)
    {
        services.AddSingleton<StreamLoader>().AddSingleton<CommandPipeline>().AddSingleton<EffectRunner>().AddSingleton<FreeTextVault>()
            .AddSingleton<SealMetrics>().AddSingleton<MetricsPage>().AddSingleton<PinGate>().AddSingleton<PinTurns>().AddSingleton<Rewrapping>().AddSingleton<MasterKeyFollower>().AddSingleton<VaultMetrics>().AddSingleton<RewrapSignal>().AddSingleton<ReadingTurns>().AddSingleton<HolderKeys>()
            .AddSingleton<ServiceCertificates>().AddSingleton<SealMakers>().AddSingleton<CertificateDesk>().AddSingleton<CompromisedKeys>().AddSingleton<Editions>().AddSingleton<DeviceSeals>().AddSingleton<SealingDesk>().AddSingleton<OfdSealing>().AddSingleton<IValidationMaterialSource, PublishedMaterial>().AddSingleton<ImpressionStore>()
            .AddSingleton(provider => provider.GetRequiredService<ServiceSettings>().Pin);
        foreach (var handler in typeof(IEffectHandler).Assembly.GetTypes().Where(type => type is { IsAbstract: false, IsClass: true } && type.IsAssignableTo(typeof(IEffectHandler))))
        {
            services.AddSingleton(typeof(IEffectHandler), handler);
        }
    }

    private static void AddViews(IServiceCollection services) =>
        services.AddSingleton<Cursors>().AddSingleton<ViewReader>().AddSingleton<ViewAccess>().AddSingleton<HistoryReader>().AddSingleton<DifferenceReader>().AddSingleton<SigningViews>()
            .AddSingleton<PersonExport>().AddSingleton<EvidenceExport>().AddSingleton<EvidenceSubjects>().AddSingleton<EvidenceMaterials>().AddSingleton<SealingReceipts>().AddSingleton<DeviceBytes>()
            .AddSingleton<Revocations>().AddSingleton<RevocationBook>().AddSingleton<RevocationLists>().AddSingleton<OcspResponders>().AddSingleton<OcspAnswers>().AddSingleton(provider => new RevocationAccess(provider.GetRequiredService<ServiceSettings>().Trust)).AddSingleton<DocumentJudge>().AddSingleton<ISealRegister, LedgerRegister>()
            .AddSingleton<Accounts>().AddSingleton<SignInChallenges>().AddSingleton<UkeySignIn>().AddSingleton<DemoRegistration>().AddSingleton<ReadyChecks>()
            .AddSingleton(provider => new ProofVerifier(new HttpClient { Timeout = TimeSpan.FromSeconds(10) }, provider.GetRequiredService<ProviderSettings>(), provider.GetRequiredService<Accounts>()));

    private static void AddTimestamps(IServiceCollection services, TimestampSettings settings)
    {
        services.AddSingleton(settings).AddSingleton<TimestampUnits>().AddSingleton<TimestampDesk>().AddSingleton<OwnTimestampSource>();
        if (settings.OutsideUrl.Length == 0)
        {
            services.AddSingleton<ITimestampSource>(provider => provider.GetRequiredService<OwnTimestampSource>());
            return;
        }

        if (!Uri.TryCreate(settings.OutsideUrl, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new StartupException($"'{settings.OutsideUrl}' in Seal:Timestamps:OutsideUrl is no address of a time-stamping authority: write https://tsa.example/ or the like.");
        }

        services.AddSingleton<ITimestampSource>(provider => new OutsideTimestampSource(
            address, settings.OutsideTimeout, [.. provider.GetRequiredService<Authorities>().Roots, .. provider.GetRequiredService<TrustedRoots>().Certificates]));
    }

    private static void AddWeb(IServiceCollection services, ServiceSettings settings)
    {
        services.AddExceptionHandler<ProblemAnswers>();
        services.AddAuthentication(BearerTokenDefaults.AuthenticationScheme).AddBearerToken();
        services.AddAuthorization();
        services.ConfigureHttpJsonOptions(json =>
        {
            foreach (var converter in DomainJson.Options.Converters)
            {
                json.SerializerOptions.Converters.Add(converter);
            }
        });
        services.AddRateLimiter(limiter =>
        {
            limiter.OnRejected = (context, _) => new ValueTask(ProblemAnswers.Answer(RequestProblems.TooMany, context.HttpContext.Request).ExecuteAsync(context.HttpContext));
            limiter.AddPolicy(SignInRoutes.OpenEndpoint, http => RateLimitPartition.GetFixedWindowLimiter(
                http.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = settings.OpenRequestsPerMinute, Window = TimeSpan.FromMinutes(1) }));
        });
    }

    // The framework has settings of its own by which it listens at further addresses.
    private static async Task RequireLoopbackAsync(WebApplication app)
    {
        if (app.Urls.FirstOrDefault(url => !new Uri(url).IsLoopback) is { } open)
        {
            await app.DisposeAsync();
            throw new StartupException($"The demo people, whose password everybody knows, would be open at {open}: set Seal:DemoPeople to false, or take that address out of Kestrel's settings.");
        }
    }

    private static void UseWeb(WebApplication app, ServiceSettings settings)
    {
        app.UseAnswerHeaders();
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = _ => true, ExceptionHandler = _ => Task.CompletedTask });
        app.UseStatusCodePages(context => AnswerStatus(context.HttpContext));
        if (settings.DemoPeople)
        {
            app.UseLoopbackNamesOnly();
        }

        app.UseRouting();
        app.UseAuthentication();
        app.UseErasedBearers();
        app.UseAuthorization();
        app.UseRateLimiter();
    }

    private static Task AnswerStatus(HttpContext http)
    {
        var problem = http.Response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => RequestProblems.NotSignedIn,
            StatusCodes.Status403Forbidden => RequestProblems.NotForYou,
            StatusCodes.Status404NotFound => RequestProblems.NothingHere,
            StatusCodes.Status405MethodNotAllowed => RequestProblems.MethodNotAllowed,
            StatusCodes.Status413PayloadTooLarge => RequestProblems.BodyTooLarge,
            StatusCodes.Status415UnsupportedMediaType => RequestProblems.MediaType,
            _ => RequestProblems.BodyUnreadable,
        };
        return ProblemAnswers.Answer(problem with { Status = http.Response.StatusCode }, http.Request).ExecuteAsync(http);
    }

    private static void AddTelemetry(IServiceCollection services, ServiceSettings settings)
    {
        if (settings.OtlpEndpoint.Length == 0)
        {
            return;
        }

        var endpoint = new Uri(settings.OtlpEndpoint);
        services.AddSingleton(Sdk.CreateMeterProviderBuilder().AddMeter(SealMetrics.Name, "Microsoft.AspNetCore.Hosting", "Npgsql")
            .AddOtlpExporter(otlp => otlp.Endpoint = endpoint).Build());
        services.AddSingleton(Sdk.CreateTracerProviderBuilder().AddSource("Microsoft.AspNetCore", "Npgsql")
            .AddOtlpExporter(otlp => otlp.Endpoint = endpoint).Build());
    }

    private static void ConsoleLogging(ILoggingBuilder logging) => logging
        .AddJsonConsole(console => console.UseUtcTimestamp = true)
        .AddFilter("Microsoft", LogLevel.Warning).AddFilter("Seal", LogLevel.Information);

    // A chain of certificates names the address it is published at, so a free port is chosen before anything starts.
    private static Uri WithPort(string urls)
    {
        if (!Uri.TryCreate(urls, UriKind.Absolute, out var url))
        {
            throw new StartupException($"'{urls}' is not an address to listen at: write http://127.0.0.1:8080 or the like.");
        }

        if (url.Port != 0)
        {
            return url;
        }

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new UriBuilder(url) { Port = ((IPEndPoint)listener.LocalEndpoint).Port }.Uri;
    }
}
