DROP TABLE quarter_voice;
