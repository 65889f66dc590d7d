"""The interview on a screen or through a pipe: it shows and listens. It knows neither who rates nor what is stored."""
