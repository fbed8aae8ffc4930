using Seal.Service.Settings;
using Seal.Service.Start;

// The host: reads the settings (appsettings.json, then the environment, then the command line), starts the service and
// waits for the end.
var names = new Dictionary<string, string> { ["--urls"] = "Seal:Urls", ["--data"] = "Seal:Data" };
var configuration = new ConfigurationBuilder()
    .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: false)
    .AddEnvironmentVariables()
    .AddCommandLine(args, names)
    .Build();
var settings = configuration.GetSection(ServiceSettings.Section).Get<ServiceSettings>() ?? new ServiceSettings();
try
{
    await using var service = await SealService.StartAsync(settings, TimeProvider.System, null, CancellationToken.None);
    await Console.Out.WriteLineAsync($"""
        Seal is ready.
          Try it       {service.Url}/docs
          Health       {service.Url}/health/ready
          Checkpoint   {service.Url}/ledger/checkpoint
          Data         {Path.GetFullPath(settings.Data)}
        Sign in as zhang-wei (legal representative), reviewer, maker, auditor…; password: demo. Stop with Ctrl-C.
        """);
    await service.App.WaitForShutdownAsync();
    return 0;
}
catch (StartupException missing)
{
    await Console.Error.WriteLineAsync($"seal: {missing.Message}");
    return 1;
}
